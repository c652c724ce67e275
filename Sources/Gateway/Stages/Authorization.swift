import Access
import Inventory
import Wire

/// Reads a token out of an `Authorization` field.
///
/// It stands behind `Bearer`, as user or password of `Basic`, or as the access key's id of an AWS signature (`AWS4-HMAC-SHA256
/// Credential=TOKEN/...`), which itself is not looked at: an SDK makes it with any key.
package enum Authorization {
    package static func token(_ field: UnsafeRawBufferPointer) -> String? {
        guard FieldList.hasPrefix(field, "bearer ") else { return token(String(decoding: field, as: UTF8.self)) }
        let token = field.dropFirst(7).drop { $0 == 0x20 }
        return token.isEmpty ? nil : String(decoding: UnsafeRawBufferPointer(rebasing: token), as: UTF8.self)
    }

    package static func token(_ field: String) -> String? {
        let parts = field.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
        guard parts.count == 2 else { return nil }
        switch parts[0].lowercased() {
        case "bearer":
            return String(parts[1])
        case "basic":
            guard let bytes = Base64.decode(String(parts[1])), let text = String(validating: bytes, as: UTF8.self)
            else { return nil }
            let halves = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            return halves.map(String.init).first { $0.hasPrefix("ft_") }
        case "aws4-hmac-sha256":
            return accessKey(parts[1])
        default:
            return nil
        }
    }

    /// What stands before the first slash of `Credential`.
    private static func accessKey(_ parameters: Substring) -> String? {
        let name = "Credential="
        for parameter in parameters.split(separator: ",") {
            let parameter = parameter.drop { $0 == " " }
            guard parameter.hasPrefix(name) else { continue }
            let key = parameter.dropFirst(name.count).prefix { $0 != "/" }
            return key.isEmpty ? nil : String(key)
        }
        return nil
    }
}
