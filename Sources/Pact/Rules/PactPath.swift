/// Where a rule applies: a path into a content such as `$.animals[*].name`, or a name.
struct PactPath: Sendable, Hashable, CustomStringConvertible {
    enum Token: Sendable, Hashable {
        case root
        case name(String)
        case index(Int)
        /// `*`: any member or element.
        case any
        /// `[*]`: any element.
        case anyIndex
    }

    /// Deeper paths are refused.
    static let depthLimit = 256

    static let root = PactPath(tokens: [.root], text: "$")

    let tokens: [Token]
    let text: String

    /// The path of a name that is no expression, such as a query parameter's.
    init(name: String) {
        tokens = [.root, .name(name)]
        text = name
    }

    /// Reads an expression; nil when it is none.
    init?(_ text: String) {
        var scanner = PactPathScanner(text)
        guard let tokens = scanner.read(), tokens.count <= PactPath.depthLimit else { return nil }
        self.tokens = tokens
        self.text = text
    }

    init(tokens: [Token], text: String) {
        self.tokens = tokens
        self.text = text
    }

    /// Without so many steps after the root.
    func dropping(_ count: Int) -> PactPath {
        PactPath(tokens: [.root] + tokens.dropFirst(count + 1), text: text)
    }

    var description: String { text }
}

extension PactPath.Token {
    /// How well the token fits a step: 0 not at all, 1 as a wildcard, 2 exactly.
    func fit(_ step: String) -> Int {
        switch self {
        case .root: step == "$" ? 2 : 0
        case .name(let name): name == step ? 2 : 0
        case .index(let index): Int(step) == index ? 2 : 0
        case .any: 1
        case .anyIndex: !step.isEmpty && step.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } ? 1 : 0
        }
    }
}
