/// Works out the states a pattern can be in while it is searched in ASCII text (the subset construction).
struct PatternTableBuilder {
    /// Nothing can match any more.
    static let dead: UInt16 = 0
    /// It has matched.
    static let match: UInt16 = 1
    static let initial: UInt16 = 2

    private static let mostInstructions = 1000
    private static let mostStates = 400
    private static let mostSteps = 1_000_000

    private let instructions: [PatternProgram.Instruction]
    private let start: Int
    private(set) var classes = [UInt8](repeating: 0, count: 128)
    private(set) var classCount = 0
    private(set) var rows: [UInt16] = []
    private(set) var ends: [Bool] = [false, true]
    private var samples: [UInt32] = []
    private var states: [[Int]: UInt16] = [:]
    private var waiting: [[Int]] = []
    private var steps = 0

    init(_ program: PatternProgram) {
        instructions = program.instructions
        start = program.start
    }

    /// False when the pattern looks around or is too large.
    mutating func build() -> Bool {
        guard instructions.count <= PatternTableBuilder.mostInstructions, !looksAround else { return false }
        findClasses()
        rows = [UInt16](repeating: PatternTableBuilder.dead, count: classCount)
        rows += [UInt16](repeating: PatternTableBuilder.match, count: classCount)
        let (first, isMatch) = closure([start], atStart: true, atEnd: false)
        // A state of its own: only here does the beginning of the text count.
        waiting = [first]
        ends.append(isMatch || closure(first, atStart: true, atEnd: true).isMatch)
        if isMatch {
            rows += [UInt16](repeating: PatternTableBuilder.match, count: classCount)
            return true
        }
        var index = 0
        while index < waiting.count {
            let state = waiting[index]
            index += 1
            for sample in samples {
                guard let next = next(state, sample) else { return false }
                rows.append(next)
            }
        }
        return true
    }

    private var looksAround: Bool {
        instructions.contains { instruction in
            switch instruction {
            case .wordBoundary, .look: true
            default: false
            }
        }
    }

    /// Characters that no instruction tells apart are one class.
    private mutating func findClasses() {
        var numbers: [[Bool]: UInt8] = [:]
        for scalar in UInt32(0)..<128 {
            var signature: [Bool] = []
            for instruction in instructions {
                switch instruction {
                case .scalar, .set: signature.append(accepts(instruction, scalar))
                default: continue
                }
            }
            if let known = numbers[signature] {
                classes[Int(scalar)] = known
            } else {
                classes[Int(scalar)] = UInt8(classCount)
                numbers[signature] = UInt8(classCount)
                samples.append(scalar)
                classCount += 1
            }
        }
    }

    private func accepts(_ instruction: PatternProgram.Instruction, _ scalar: UInt32) -> Bool {
        switch instruction {
        case .scalar(let wanted): wanted == scalar
        case .set(let set): set.contains(scalar)
        default: false
        }
    }

    /// The number of the state that follows; nil when there are too many.
    private mutating func next(_ state: [Int], _ scalar: UInt32) -> UInt16? {
        var reached: [Int] = []
        for place in state where accepts(instructions[place], scalar) { reached.append(place + 1) }
        let (members, isMatch) = closure(reached + [start], atStart: false, atEnd: false)
        guard steps < PatternTableBuilder.mostSteps else { return nil }
        if isMatch { return PatternTableBuilder.match }
        if members.isEmpty { return PatternTableBuilder.dead }
        if let known = states[members] { return known }
        guard waiting.count < PatternTableBuilder.mostStates else { return nil }
        let number = UInt16(waiting.count) + PatternTableBuilder.initial
        states[members] = number
        waiting.append(members)
        ends.append(closure(members, atStart: false, atEnd: true).isMatch)
        return number
    }

    /// Instructions that read or ask for the end, reached without reading, in order.
    private mutating func closure(
        _ places: [Int], atStart: Bool, atEnd: Bool
    ) -> (members: [Int], isMatch: Bool) {
        var seen: Set<Int> = []
        var members: [Int] = []
        var open = places
        while let place = open.popLast() {
            guard seen.insert(place).inserted else { continue }
            steps += 1
            switch instructions[place] {
            case .match: return ([], true)
            case .jump(let target): open.append(target)
            case .split(let first, let second): open += [first, second]
            case .textStart: if atStart { open.append(place + 1) }
            case .textEnd: if atEnd { open.append(place + 1) } else { members.append(place) }
            case .scalar, .set: members.append(place)
            case .wordBoundary, .look: continue
            }
        }
        return (members.sorted(), false)
    }
}
