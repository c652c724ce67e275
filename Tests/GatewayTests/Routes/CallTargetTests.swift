import Testing

@testable import Gateway

@Suite("A pass-through target names a provider, a path and a query")
struct CallTargetTests {
    private func parts(_ text: String) -> [String?]? {
        guard let target = CallTarget(text) else { return nil }
        let bytes = Array(text.utf8)
        func piece(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
        return [piece(target.provider), piece(target.path), target.query.map(piece)]
    }

    @Test("provider, path and query are where they stand")
    func split() {
        #expect(parts("/p/rents/v1/a?b=c?d/e") == ["rents", "/v1/a", "b=c?d/e"])
        #expect(parts("/p/rents/") == ["rents", "/", nil])
        #expect(parts("/p/rents") == ["rents", "", nil])
        #expect(parts("/p/rents?") == ["rents", "", ""])
        #expect(parts("/p/r%65nts/x") == ["r%65nts", "/x", nil])
        #expect(parts("/p/rents//../x") == ["rents", "//../x", nil])
    }

    @Test("other targets are none", arguments: ["", "/", "/p", "/p/", "/p//x", "/p/?x", "/v1/p/rents", "p/rents", "*"])
    func others(text: String) {
        #expect(CallTarget(text) == nil)
    }
}
