import Contracts

/// Compares what came with what was agreed, and collects every difference.
///
/// Requests are compared strictly: nothing may be there that the example does not name. Answers and messages are
/// compared leniently: more members, fields and elements of other names may come. The example decides where no rule
/// applies; arrays then have the example's length.
struct PactComparison {
    /// Differences that are kept; all are counted.
    static let shown = 50
    /// Values that one comparison looks at, so that variants inside variants end.
    static let stepLimit = 2_000_000

    /// Whether what the example does not name is a difference.
    let isStrict: Bool
    let part: PactMismatch.Part
    private(set) var mismatches: [PactMismatch] = []
    private(set) var count = 0
    private var steps = 0
    private let limit: Int

    init(_ part: PactMismatch.Part, isStrict: Bool, stepLimit: Int = stepLimit) {
        self.part = part
        self.isStrict = isStrict
        limit = stepLimit
    }

    mutating func note(_ place: String, _ words: String) {
        count += 1
        if mismatches.count < Self.shown {
            mismatches.append(PactMismatch(part: part, place: place, words: words))
        }
    }

    mutating func note(_ scope: RuleScope, _ faults: [String]) {
        for fault in faults { note(scope.path, fault) }
    }

    /// Whether there is time to look at one more value; where there is none, that is a difference.
    mutating func spend(_ scope: RuleScope) -> Bool {
        guard steps < limit else {
            note(scope.path, "there is too much to compare")
            return false
        }
        steps += 1
        return true
    }

    /// Compares on trial: the differences are returned and not kept.
    mutating func attempt(_ body: (inout PactComparison) -> Void) -> (count: Int, mismatches: [PactMismatch]) {
        var trial = PactComparison(part, isStrict: isStrict, stepLimit: limit)
        trial.steps = steps
        body(&trial)
        steps = trial.steps
        return (trial.count, trial.mismatches)
    }

    private mutating func keep(_ trials: [(count: Int, mismatches: [PactMismatch])]) {
        for trial in trials {
            count += trial.count
            mismatches += trial.mismatches.prefix(max(0, Self.shown - mismatches.count))
        }
    }

    /// Applies every rule of the list; with `or`, one that finds nothing is enough.
    mutating func each(_ choice: RuleScope.Choice, _ body: (inout PactComparison, PactRule) -> Void) {
        guard choice.list.combination == .or else {
            for rule in choice.list.rules { body(&self, rule) }
            return
        }
        var trials: [(count: Int, mismatches: [PactMismatch])] = []
        for rule in choice.list.rules {
            let trial = attempt { body(&$0, rule) }
            if trial.count == 0 { return }
            trials.append(trial)
        }
        keep(trials)
    }
}
