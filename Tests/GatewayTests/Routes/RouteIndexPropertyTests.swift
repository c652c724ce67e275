import TestSupport
import Testing

@testable import Gateway
@testable import Inventory

@Suite("The route index agrees with the templates it was made from")
struct RouteIndexPropertyTests {
    private static let words = ["a", "b", "ab", "ba", "aab", "", "v1", "é", "a b", ".a"]
    private static let methods = ["GET", "POST", "DELETE"]
    private static let pieces = [
        "a", "b", "ab", "%61", "%62b", ".", "..", "%2e", ";", "%3B", "%", "%2", "%2f", "%5C", "%00", "%0a", "%C3%A9",
        "%C3", "%A9", "%ff", "v1", "a%20b", "é", " ", "\\", "#", "~",
    ]

    private func template(_ random: inout SeededRandom) -> String {
        let count = Int.random(in: 1...4, using: &random)
        return (0..<count).map { number in
            let word = PercentEncoding.encode(Self.words.randomElement(using: &random) ?? "")
            guard Bool.random(using: &random) else { return "/" + word }
            let more = PercentEncoding.encode(Self.words.randomElement(using: &random) ?? "")
            switch Int.random(in: 0..<4, using: &random) {
            case 0: return "/\(word){p\(number)}"
            case 1: return "/{p\(number)}\(word)"
            case 2: return "/\(word){p\(number)}\(more)"
            default: return "/{p\(number)}"
            }
        }.joined()
    }

    private func path(_ random: inout SeededRandom, near templates: [PathTemplate]) -> String {
        if let near = templates.randomElement(using: &random), Int.random(in: 0..<3, using: &random) > 0 {
            return near.segments.map { segment in
                switch segment {
                case .literal(let text): "/" + PercentEncoding.encode(text)
                case .parameter(_, let prefix, let suffix):
                    "/" + PercentEncoding.encode(prefix) + (Self.pieces.randomElement(using: &random) ?? "")
                        + PercentEncoding.encode(suffix)
                }
            }.joined()
        }
        return (0..<Int.random(in: 1...4, using: &random)).map { _ in
            "/"
                + (0..<Int.random(in: 0...3, using: &random)).map { _ in
                    Self.pieces.randomElement(using: &random) ?? ""
                }.joined()
        }.joined()
    }

    /// The rule, written plainly.
    private func isSafe(_ path: String) -> Bool {
        guard path.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"\\#?".utf8.contains($0) }) else { return false }
        return path.split(separator: "/").allSatisfy { part in
            guard let text = PercentEncoding.decode(part.utf8) else { return false }
            return PathTemplate.isSafe(text) && !text.utf8.contains { $0 == 0x2F || $0 == 0x5C }
        }
    }

    @Test("for random templates and paths, operation and parameters are the same", arguments: 0..<8)
    func agreement(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        var matched = 0
        for _ in 0..<25 {
            let operations = try (0..<Int.random(in: 1...8, using: &random)).map { number in
                Operation(
                    name: "o\(number)", method: Self.methods.randomElement(using: &random) ?? "GET",
                    path: try PathTemplate(template(&random)))
            }
            let provider = Provider(name: "p", operations: operations)
            let index = RouteIndex(operations)
            for _ in 0..<30 {
                let path = path(&random, near: operations.map(\.path))
                let method = Self.methods.randomElement(using: &random) ?? "GET"
                let range = 0..<path.utf8.count
                let outcome = index.match(method: method, target: path, path: range)
                guard isSafe(path) else {
                    guard case .refused = outcome else {
                        Issue.record("\(path) is not refused")
                        continue
                    }
                    continue
                }
                let expected = provider.match(method: method, path: path)
                let others = Set(operations.filter { $0.path.match(path) != nil }.map(\.method))
                #expect(Set(index.methods(target: path, path: range)) == others, "\(path)")
                switch outcome {
                case .operation(let number):
                    matched += 1
                    let words = "\(method) \(path) among \(operations.map(\.path.text))"
                    #expect(operations[number].name == expected?.operation.name, "\(words)")
                    #expect(index.parameters(of: number, target: path, path: range) == expected?.parameters, "\(words)")
                case .methodUnknown: #expect(expected == nil && !others.isEmpty)
                case .pathUnknown: #expect(expected == nil && others.isEmpty)
                case .refused: Issue.record("\(path) is refused")
                }
            }
        }
        #expect(matched > 50)
    }
}
