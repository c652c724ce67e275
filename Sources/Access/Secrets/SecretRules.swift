/// What a secret may be called and hold.
package enum SecretRules {
    package static let nameLimit = 64
    /// Bytes.
    package static let valueLimit = 64 * 1024

    /// Names are `[a-z][a-z0-9-]*`, at most 64 characters.
    package static func check(name: String) throws(AccessError) {
        guard Names.isName(name) else {
            throw AccessError(
                .secretNameInvalid,
                "A secret's name has small letters, digits and hyphens, begins with a letter and is at most "
                    + "\(nameLimit) long, e.g. geocoder-key.")
        }
    }

    /// The value as it is stored: without one newline at its end. Line breaks inside are refused, because a value goes
    /// into a header, where they would begin another one.
    package static func checked(value: String) throws(AccessError) -> (value: String, newlineRemoved: Bool) {
        var bytes = Substring(value).utf8
        var newlineRemoved = false
        if bytes.last == UInt8(ascii: "\n") {
            bytes.removeLast()
            if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
            newlineRemoved = true
        }
        guard !bytes.isEmpty else { throw invalid("is empty") }
        guard bytes.count <= valueLimit else { throw invalid("is longer than \(valueLimit / 1024) KiB") }
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                throw invalid("has a line break inside; encode a multi-line key as base64 first")
            case 0:
                throw invalid("holds a NUL character")
            default:
                continue
            }
        }
        return (String(Substring(bytes)), newlineRemoved)
    }

    private static func invalid(_ what: String) -> AccessError {
        AccessError(.secretValueInvalid, "The value \(what).")
    }
}
