import Crypto
import Inventory
package import Store

/// Signs requests to an AWS service (Signature Version 4) with one set of keys.
///
/// Signed are `host`, `content-type`, `content-encoding`, `content-md5` and every `x-amz-` field, which is what services ask for; fields
/// that something on the way may change are not. Pure but for the key of the day, which is derived once and kept.
package struct SigV4: Sendable {
    /// Whose keys these are; no description shows them.
    package struct Keys: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
        let accessKey: String
        let secretKey: String
        let sessionToken: String?

        /// - Parameters:
        ///   - accessKey: the id of the access key.
        ///   - sessionToken: for temporary keys.
        package init(accessKey: String, secretKey: String, sessionToken: String? = nil) {
            self.accessKey = accessKey
            self.secretKey = secretKey
            self.sessionToken = sessionToken
        }

        package var description: String { "[AWS keys]" }
        package var debugDescription: String { description }
        package var customMirror: Mirror { Mirror(self, children: [:]) }
    }

    /// The key that signs for one day, region and service.
    struct DayKey: Sendable {
        let day: String
        let key: SymmetricKey
    }

    package let keys: Keys
    private let service: String
    private let region: String
    private var known: DayKey?

    package init(service: String, region: String, keys: Keys) {
        self.service = service
        self.region = region
        self.keys = keys
    }

    /// Whether a body may go unsigned, as S3 allows, so that it can be passed on while it comes in; other services want its digest.
    package var mayLeaveBodyUnsigned: Bool { isS3 }

    /// Whether a caller's field belongs to the caller's own signature and is not passed on.
    ///
    /// `X-Amz-Content-Sha256` is one of them: what it says goes into `sign` as the payload.
    ///
    /// - Parameter name: in small letters.
    package static func isOfSignature(field name: String) -> Bool {
        ["authorization", "x-amz-date", "x-amz-security-token", "x-amz-content-sha256"].contains(name)
    }

    /// Whether a query parameter belongs to the signature of a signed address.
    package static func isOfSignature(parameter name: String) -> Bool {
        [
            "x-amz-algorithm", "x-amz-credential", "x-amz-date", "x-amz-expires", "x-amz-signedheaders",
            "x-amz-signature", "x-amz-security-token",
        ].contains(name.lowercased())
    }

    /// The payload of a body that is at hand.
    package static func payload(of body: some Sequence<UInt8>) -> SigV4Payload {
        .digest(Hex.text(SHA256.hash(data: Array(body))))
    }

    /// The fields that make a request a signed one; they replace those of the same names.
    ///
    /// - Parameters:
    ///   - host: as `Host` or `:authority` carry it.
    ///   - path: as it is sent, percent-encoded, with the base path and without query.
    ///   - query: as it is sent, without `?`.
    ///   - fields: all fields that are sent, without those of `isOfSignature`.
    package mutating func sign(
        method: String, host: String, path: String, query: String?, fields: [(name: String, value: String)],
        payload: SigV4Payload, at moment: Timestamp
    ) -> [(name: String, value: String)] {
        let time = Self.time(moment)
        let day = String(time.prefix(8))
        var added = [(name: "x-amz-date", value: time)]
        if isS3 || payload == .unsigned || payload == .unsignedTrailer {
            added.append(("x-amz-content-sha256", payload.text))
        }
        if let token = keys.sessionToken { added.append(("x-amz-security-token", token)) }
        let (lines, names) = Self.signed(fields + added + [("host", host)])
        let request = [
            method, isS3 ? SigV4Canonical.objectPath(path) : SigV4Canonical.path(path),
            SigV4Canonical.query(query ?? ""), lines, names, payload.text,
        ].joined(separator: "\n")
        let scope = "\(day)/\(region)/\(service)/aws4_request"
        let text = ["AWS4-HMAC-SHA256", time, scope, Hex.text(SHA256.hash(data: Array(request.utf8)))]
        let signature = Self.code(text.joined(separator: "\n"), key(of: day))
        added.append(
            (
                "authorization",
                "AWS4-HMAC-SHA256 Credential=\(keys.accessKey)/\(scope), SignedHeaders=\(names), "
                    + "Signature=\(Hex.text(signature))"
            ))
        return added
    }

    private var isS3: Bool { Self.objectServices.contains(service) }

    /// S3 under the names that it signs with.
    private static let objectServices: Set<String> = ["s3", "s3-object-lambda", "s3-outposts", "s3express"]

    /// The lines of the fields that are signed, and their names.
    private static func signed(_ fields: [(name: String, value: String)]) -> (lines: String, names: String) {
        var values: [String: [String]] = [:]
        for field in fields {
            let name = field.name.lowercased()
            guard name.hasPrefix("x-amz-") || others.contains(name) else { continue }
            values[name, default: []].append(SigV4Canonical.value(field.value))
        }
        let names = values.keys.sorted()
        let lines = names.map { "\($0):\((values[$0] ?? []).joined(separator: ","))\n" }.joined()
        return (lines, names.joined(separator: ";"))
    }

    private static let others: Set<String> = ["host", "content-encoding", "content-md5", "content-type"]

    private mutating func key(of day: String) -> SymmetricKey {
        if let known, known.day == day { return known.key }
        var key = SymmetricKey(data: Array("AWS4\(keys.secretKey)".utf8))
        for part in [day, region, service, "aws4_request"] {
            key = SymmetricKey(data: Self.code(part, key))
        }
        known = DayKey(day: day, key: key)
        return key
    }

    private static func code(_ text: String, _ key: SymmetricKey) -> HashedAuthenticationCode<SHA256> {
        HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key)
    }

    /// `20261124T232938Z`.
    private static func time(_ moment: Timestamp) -> String {
        String(moment.description.prefix(19).filter { $0 != "-" && $0 != ":" }) + "Z"
    }
}
