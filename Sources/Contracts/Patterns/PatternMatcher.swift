/// Follows all possibilities of a pattern through a text at once.
struct PatternMatcher {
    /// Look-around asks about one machine and one position; asked twice, the answer is remembered.
    private struct Question: Hashable {
        let start: Int
        let position: Int
    }

    private let program: PatternProgram
    private let text: [UInt32]
    private var answers: [Question: Bool] = [:]

    init(program: PatternProgram, text: [UInt32]) {
        self.program = program
        self.text = text
    }

    mutating func search() -> Bool {
        run(from: program.start, at: 0, backwards: false, anywhere: true)
    }

    /// Runs one machine from a position; `anywhere` lets it begin at each later position too.
    private mutating func run(from start: Int, at first: Int, backwards: Bool, anywhere: Bool) -> Bool {
        var active = PatternStateSet(capacity: program.instructions.count)
        var following = PatternStateSet(capacity: program.instructions.count)
        var position = first
        guard !add(start, to: &active, at: position) else { return true }
        while true {
            let next = backwards ? position - 1 : position
            guard text.indices.contains(next) else { return false }
            let scalar = text[next]
            position += backwards ? -1 : 1
            following.removeAll()
            for state in active.members where accepts(state, scalar) {
                if add(state + 1, to: &following, at: position) { return true }
            }
            if anywhere, add(start, to: &following, at: position) { return true }
            swap(&active, &following)
            if active.members.isEmpty { return false }
        }
    }

    private func accepts(_ state: Int, _ scalar: UInt32) -> Bool {
        switch program.instructions[state] {
        case .scalar(let wanted): wanted == scalar
        case .set(let set): set.contains(scalar)
        default: false
        }
    }

    /// Adds a state and all that are reached from it without reading; true when the match is among them.
    private mutating func add(_ state: Int, to set: inout PatternStateSet, at position: Int) -> Bool {
        var waiting = [state]
        while let state = waiting.popLast() {
            guard set.insert(state) else { continue }
            switch program.instructions[state] {
            case .match: return true
            case .jump(let target): waiting.append(target)
            case .split(let first, let second): waiting += [second, first]
            case .textStart: if position == 0 { waiting.append(state + 1) }
            case .textEnd: if position == text.count { waiting.append(state + 1) }
            case .wordBoundary(let isNegated):
                if (isWord(position - 1) != isWord(position)) != isNegated { waiting.append(state + 1) }
            case .look(let start, let isBehind, let isNegated):
                if answer(start, position, isBehind) != isNegated { waiting.append(state + 1) }
            case .scalar, .set: break
            }
        }
        return false
    }

    private func isWord(_ position: Int) -> Bool {
        text.indices.contains(position) && PatternSet.word.contains(text[position])
    }

    private mutating func answer(_ start: Int, _ position: Int, _ isBehind: Bool) -> Bool {
        let question = Question(start: start, position: position)
        if let known = answers[question] { return known }
        let answer = run(from: start, at: position, backwards: isBehind, anywhere: false)
        answers[question] = answer
        return answer
    }
}
