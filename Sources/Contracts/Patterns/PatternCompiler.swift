/// Writes a pattern's tree out as instructions.
struct PatternCompiler {
    private var instructions: [PatternProgram.Instruction] = []

    mutating func compile(_ tree: PatternTree) throws(RegularExpressionError) -> PatternProgram {
        try emit(tree, backwards: false)
        try append(.match)
        return PatternProgram(instructions: instructions, start: 0)
    }

    private mutating func append(_ instruction: PatternProgram.Instruction) throws(RegularExpressionError) {
        guard instructions.count < RegularExpression.sizeLimit else {
            throw RegularExpressionError(message: "The repetitions make the pattern too large", offset: 0)
        }
        instructions.append(instruction)
    }

    private mutating func emit(_ tree: PatternTree, backwards: Bool) throws(RegularExpressionError) {
        switch tree {
        case .empty: break
        case .set(let set): try append(set.single.map(PatternProgram.Instruction.scalar) ?? .set(set))
        case .textStart: try append(.textStart)
        case .textEnd: try append(.textEnd)
        case .wordBoundary(let isNegated): try append(.wordBoundary(isNegated: isNegated))
        case .sequence(let parts):
            for part in backwards ? parts.reversed() : parts { try emit(part, backwards: backwards) }
        case .choice(let branches): try emit(choice: branches, backwards: backwards)
        case .repetition(let part, let least, let most):
            try emit(repeating: part, least: least, most: most, backwards: backwards)
        case .look(let part, let isBehind, let isNegated):
            try emit(look: part, isBehind: isBehind, isNegated: isNegated)
        }
    }

    private mutating func emit(choice branches: [PatternTree], backwards: Bool) throws(RegularExpressionError) {
        var jumps: [Int] = []
        for (index, branch) in branches.enumerated() {
            let split = instructions.count
            let isLast = index == branches.count - 1
            if !isLast { try append(.split(split + 1, 0)) }
            try emit(branch, backwards: backwards)
            if !isLast {
                jumps.append(instructions.count)
                try append(.jump(0))
                instructions[split] = .split(split + 1, instructions.count)
            }
        }
        for jump in jumps { instructions[jump] = .jump(instructions.count) }
    }

    private mutating func emit(
        repeating part: PatternTree, least: Int, most: Int?, backwards: Bool
    ) throws(RegularExpressionError) {
        for _ in 0..<least {
            let before = instructions.count
            try emit(part, backwards: backwards)
            if instructions.count == before { return }
        }
        guard let most else {
            let split = instructions.count
            try append(.split(split + 1, 0))
            try emit(part, backwards: backwards)
            try append(.jump(split))
            instructions[split] = .split(split + 1, instructions.count)
            return
        }
        var splits: [Int] = []
        for _ in least..<most {
            splits.append(instructions.count)
            try append(.split(instructions.count + 1, 0))
            try emit(part, backwards: backwards)
        }
        for split in splits { instructions[split] = .split(split + 1, instructions.count) }
    }

    private mutating func emit(
        look part: PatternTree, isBehind: Bool, isNegated: Bool
    ) throws(RegularExpressionError) {
        let look = instructions.count
        try append(.look(start: look + 2, isBehind: isBehind, isNegated: isNegated))
        try append(.jump(0))
        try emit(part, backwards: isBehind)
        try append(.match)
        instructions[look + 1] = .jump(instructions.count)
    }
}
