import Access
import Inventory
import Testing

@testable import Gateway

@Suite("Queries and credentials on the wire")
struct EncodingTests {
    @Test("queries survive a round trip and broken escapes are noticed")
    func queries() throws {
        let text = "Straße & 100% = ü+1"
        let pairs = try #require(FormEncoding.decode(query: "q=\(PercentEncoding.encode(text))&empty&a=1&a=2+3"))
        #expect(pairs.map(\.name) == ["q", "empty", "a", "a"])
        #expect(pairs.map(\.value) == [text, "", "1", "2 3"])
        #expect(FormEncoding.decode(query: "q=%zz") == nil)
        #expect(FormEncoding.decode(query: "q=%ff") == nil)
        #expect(FormEncoding.decode(query: "q=%4") == nil)
    }

    @Test("a token is found as bearer and in either half of basic")
    func tokens() {
        #expect(Authorization.token("Bearer ft_abc") == "ft_abc")
        #expect(Authorization.token("bearer ft_abc") == "ft_abc")
        #expect(Authorization.token("Basic \(Base64.text(Array("ft_abc:".utf8)))") == "ft_abc")
        #expect(Authorization.token("Basic \(Base64.text(Array("user:ft_abc".utf8)))") == "ft_abc")
        #expect(Authorization.token("Digest x") == nil)
        #expect(Authorization.token("Bearer") == nil)
        #expect(Authorization.token("Basic %%%") == nil)
    }
}
