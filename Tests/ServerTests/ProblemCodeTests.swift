import Access
import Foundation
import Gateway
import Store
import Testing
import Wire

@testable import Server

@Suite("Every problem can be looked up")
struct ProblemCodeTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    @Test("the guide has a row for every code that the program knows")
    func guide() throws {
        let guide = try String(
            contentsOf: Self.root.appending(path: "docs/how-to/when-something-fails.md"), encoding: .utf8)
        let rows = guide.split(separator: "\n").filter { $0.hasPrefix("| `") }
        let known = Set(rows.flatMap { $0.matches(of: /`([a-z_]+)`/).map { String($0.1) } })
        let codes = try Self.written().union(Self.refusals).union(Self.tokens)
        #expect(codes.count > 60, "the pattern still finds them")
        #expect(codes.subtracting(known).sorted() == [])
    }

    /// Codes that stand in the sources as they are.
    private static func written() throws -> Set<String> {
        let sources = root.appending(path: "Sources")
        var codes: Set<String> = []
        for name in try FileManager.default.subpathsOfDirectory(atPath: sources.path) where name.hasSuffix(".swift") {
            let text = try String(contentsOf: sources.appending(path: name), encoding: .utf8)
            for match in text.matches(of: /[pP]roblem\(\s*"([a-z_]+)",/) { codes.insert(String(match.1)) }
        }
        return codes
    }

    /// What the listener answers that is no request.
    private static var refusals: Set<String> {
        Set((400...511).map { RefusalAnswer.problem(WireError($0, "a reason")).code })
    }

    private static var tokens: Set<String> {
        Set(
            TokenVerdict.Refusal.allCases.compactMap { refusal in
                do throws(Problem) {
                    _ = try TokenVerdict.refused(refusal).caller()
                    return nil
                } catch {
                    return error.code
                }
            })
    }
}
