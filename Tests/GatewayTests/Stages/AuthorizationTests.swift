import Access
import Inventory
import Testing

@testable import Gateway

@Suite("A token is found in an Authorization field")
struct AuthorizationTests {
    private func basic(_ pair: String) -> String { "Basic \(Base64.text(Array(pair.utf8)))" }

    @Test("behind Bearer, in any letters")
    func bearer() {
        #expect(Authorization.token("Bearer ft_x") == "ft_x")
        #expect(Authorization.token("bEARER ft_x") == "ft_x")
        #expect(Authorization.token("Bearer") == nil)
        #expect(Authorization.token("") == nil)
    }

    @Test("as user or password of Basic")
    func basicPair() {
        #expect(Authorization.token(basic("ft_x:")) == "ft_x")
        #expect(Authorization.token(basic("api:ft_x")) == "ft_x")
        #expect(Authorization.token(basic("api:key")) == nil)
        #expect(Authorization.token("Basic %%%") == nil)
    }

    @Test("as the access key's id of an AWS signature")
    func signature() {
        let rest = "/20261124/eu-central-1/s3/aws4_request, SignedHeaders=host;x-amz-date, Signature=00ff"
        #expect(Authorization.token("AWS4-HMAC-SHA256 Credential=ft_a-b_c" + rest) == "ft_a-b_c")
        #expect(
            Authorization.token("AWS4-HMAC-SHA256 SignedHeaders=host,Signature=0,Credential=ft_x/1/r/s/aws4_request")
                == "ft_x")
        #expect(Authorization.token("AWS4-HMAC-SHA256 Credential=ft_x") == "ft_x")
        for text in ["Credential=/2026", "Credential=", "SignedHeaders=host", "XCredential=ft_x/1", ""] {
            #expect(Authorization.token("AWS4-HMAC-SHA256 " + text) == nil, "\(text)")
        }
    }

    @Test("in no other scheme")
    func others() {
        #expect(Authorization.token("Digest username=ft_x") == nil)
        #expect(Authorization.token("AWS4-ECDSA-P256-SHA256 Credential=ft_x/1") == nil)
    }
}
