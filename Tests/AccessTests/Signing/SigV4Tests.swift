import Store
import Testing

@testable import Access

/// The expected signatures were computed with botocore 1.43 from the same requests and made-up keys.
@Suite("A request to AWS is signed so that AWS agrees")
struct SigV4Tests {
    private static let moment = Timestamp(milliseconds: 1_795_562_978_123)
    private static let keys = SigV4.Keys(
        accessKey: "AKIDEXAMPLEFOOTING01", secretKey: "example/secret+key/of/nobody/0123456789AB")

    private func signature(
        _ service: String, _ region: String, _ method: String, _ host: String, _ path: String, query: String? = nil,
        _ fields: [(name: String, value: String)] = [], _ payload: SigV4Payload = .empty, token: String? = nil
    ) -> [String: String] {
        let keys = SigV4.Keys(accessKey: Self.keys.accessKey, secretKey: Self.keys.secretKey, sessionToken: token)
        var signer = SigV4(service: service, region: region, keys: keys)
        let added = signer.sign(
            method: method, host: host, path: path, query: query, fields: fields, payload: payload, at: Self.moment)
        return Dictionary(uniqueKeysWithValues: added.map { ($0.name, $0.value) })
    }

    private func credential(_ scope: String, _ names: String, _ signature: String) -> String {
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLEFOOTING01/20261124/\(scope)/aws4_request, SignedHeaders=\(names), "
            + "Signature=\(signature)"
    }

    @Test("S3: a key is encoded once, and the query is put in order")
    func getObject() {
        let added = signature(
            "s3", "eu-central-1", "GET", "s3.eu-central-1.amazonaws.com", "/my-bucket/a%20b/%C3%BC%2B~.txt",
            query: "versionId=x%2Fy&list-type=2&delimiter=%2F&prefix=")
        #expect(added["x-amz-date"] == "20261124T232938Z")
        #expect(added["x-amz-content-sha256"] == SigV4Payload.empty.text)
        #expect(
            added["authorization"]
                == credential(
                    "eu-central-1/s3", "host;x-amz-content-sha256;x-amz-date",
                    "5b5f330be7fe99708abd07c22d888c3391a5c7ac1200c97dbd76126b905ce9fb"))
        #expect(added.count == 3)
    }

    @Test("S3: empty parts of a key are kept, spaces of a field are not, and a body at hand is covered")
    func putObject() {
        let added = signature(
            "s3", "eu-central-1", "PUT", "s3.eu-central-1.amazonaws.com", "/my-bucket/dir//report.csv",
            [("Content-Type", "text/csv"), ("X-Amz-Meta-Note", "  two   spaces  "), ("User-Agent", "any")],
            SigV4.payload(of: "a,b\n1,2\n".utf8))
        #expect(
            added["authorization"]
                == credential(
                    "eu-central-1/s3", "content-type;host;x-amz-content-sha256;x-amz-date;x-amz-meta-note",
                    "b385fab1f298fa079d41cbba0f924c02dfeff85cd9ad25fe92ec7d0d8355e1f6"))
    }

    @Test("S3: an upload in aws-chunked pieces with a trailing checksum passes as it is")
    func trailer() {
        let added = signature(
            "s3", "eu-central-1", "PUT", "s3.eu-central-1.amazonaws.com", "/my-bucket/large.bin",
            [
                ("Content-Encoding", "aws-chunked"), ("X-Amz-Trailer", "x-amz-checksum-crc32"),
                ("X-Amz-Decoded-Content-Length", "1048576"),
            ], .unsignedTrailer)
        #expect(added["x-amz-content-sha256"] == "STREAMING-UNSIGNED-PAYLOAD-TRAILER")
        #expect(
            added["authorization"]
                == credential(
                    "eu-central-1/s3",
                    "content-encoding;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-trailer",
                    "da3e16ff1aec0d26d96850fcbb8188d7d1cf936e00b4dbcb7d74fc1351e8b384"))
    }

    @Test("S3: a body that is passed on while it comes in is left unsigned")
    func streamed() {
        let added = signature(
            "s3", "us-east-1", "PUT", "my-bucket.s3.amazonaws.com", "/stream.bin",
            [("Content-MD5", "XrY7u+Ae7tCTyyK7j1rNww==")], .unsigned)
        #expect(
            added["authorization"]
                == credential(
                    "us-east-1/s3", "content-md5;host;x-amz-content-sha256;x-amz-date",
                    "aa6950e252625a6f50c6156a20e355db40d5a3263c10233e80575505dbc0b092"))
    }

    @Test("temporary keys bring their session token along, and it is signed")
    func sessionToken() {
        let added = signature(
            "dynamodb", "us-west-2", "POST", "dynamodb.us-west-2.amazonaws.com", "/",
            [("Content-Type", "application/x-amz-json-1.0"), ("X-Amz-Target", "DynamoDB_20120810.GetItem")],
            SigV4.payload(of: #"{"TableName":"t"}"#.utf8), token: "example//token=of+nobody")
        #expect(added["x-amz-security-token"] == "example//token=of+nobody")
        #expect(added["x-amz-content-sha256"] == nil)
        #expect(
            added["authorization"]
                == credential(
                    "us-west-2/dynamodb", "content-type;host;x-amz-date;x-amz-security-token;x-amz-target",
                    "bb1fc1fdcaeb13691fe34a4be4b10a18ec15d2b18eda79efba242fbdde7f11f4"))
    }

    @Test(
        "other services: the path is encoded once more and loses empty parts; equal names are in order of their values")
    func others() {
        let added = signature(
            "execute-api", "eu-west-1", "GET", "abc.execute-api.eu-west-1.amazonaws.com", "/prod//items/a%20b/",
            query: "b=2&a=1&b=1&flag=")
        #expect(
            added["authorization"]
                == credential(
                    "eu-west-1/execute-api", "host;x-amz-date",
                    "e059751fe9c01022be339b07bf03ed0a12b87d405c51fe8ff22a193f6b4659ef"))
    }

    @Test("a plus in a query is a space, a name alone has an empty value, and a broken escape stands for itself")
    func query() {
        #expect(SigV4Canonical.query("q=a+b&x&%zz=1&y=%2b") == "%25zz=1&q=a%20b&x=&y=%2B")
        #expect(SigV4Canonical.query("") == "")
        #expect(SigV4Canonical.query("&&=&a=b=c") == "=&a=b%3Dc")
        #expect(SigV4Canonical.query("acl&A=1&a-b=1&a=1") == "A=1&a=1&a-b=1&acl=")
    }

    @Test("the root is the root for every service")
    func root() {
        #expect(SigV4Canonical.path("") == "/")
        #expect(SigV4Canonical.path("/") == "/")
        #expect(SigV4Canonical.objectPath("") == "/")
        #expect(SigV4Canonical.objectPath("/") == "/")
        #expect(SigV4Canonical.objectPath("/b//k%2b!") == "/b//k%2B%21")
    }

    @Test("the key of a day is derived anew when the day changes, and back")
    func days() {
        var kept = SigV4(service: "s3", region: "eu-central-1", keys: Self.keys)
        for day in [0, 1, 1, 0] {
            let moment = Self.moment + .seconds(day * 86_400)
            var fresh = SigV4(service: "s3", region: "eu-central-1", keys: Self.keys)
            let first = fresh.sign(
                method: "GET", host: "h", path: "/", query: nil, fields: [], payload: .empty, at: moment)
            let second = kept.sign(
                method: "GET", host: "h", path: "/", query: nil, fields: [], payload: .empty, at: moment)
            #expect(first.map(\.value) == second.map(\.value))
        }
    }

    @Test("what a caller says about the body is taken where it can be signed anew")
    func payloads() {
        let digest = String(repeating: "0f", count: 32)
        #expect(SigV4Payload(field: digest) == .digest(digest))
        #expect(SigV4Payload(field: "UNSIGNED-PAYLOAD") == .unsigned)
        #expect(SigV4Payload(field: "STREAMING-UNSIGNED-PAYLOAD-TRAILER") == .unsignedTrailer)
        for text in [
            "", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER", digest.uppercased(),
            String(digest.dropLast()), digest + "\n",
        ] {
            #expect(SigV4Payload(field: text) == nil, "\(text)")
        }
        #expect(SigV4.payload(of: []) == .empty)
    }

    @Test("what belongs to the caller's own signature is known by name")
    func callersSignature() {
        #expect(SigV4.isOfSignature(field: "authorization"))
        #expect(SigV4.isOfSignature(field: "x-amz-security-token"))
        #expect(!SigV4.isOfSignature(field: "x-amz-meta-note"))
        #expect(!SigV4.isOfSignature(field: "x-amz-target"))
        #expect(SigV4.isOfSignature(parameter: "X-Amz-Signature"))
        #expect(!SigV4.isOfSignature(parameter: "x-id"))
    }

    @Test("keys do not show themselves")
    func secrecy() {
        #expect(!"\(Self.keys)".contains("AKID"))
        #expect(!String(reflecting: Self.keys).contains("nobody"))
        var text = ""
        dump(Self.keys, to: &text)
        dump(SigV4(service: "s3", region: "r", keys: Self.keys), to: &text)
        #expect(!text.contains("AKID") && !text.contains("nobody"))
    }
}
