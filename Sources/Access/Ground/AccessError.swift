/// Why a secret, key, token or scope could not be had or was refused.
///
/// `reason` may be shown to an operator and never holds a secret's or a token's text; `detail` goes to the log only.
package struct AccessError: Error, Sendable, Equatable, CustomStringConvertible {
    /// An open set; compare by value.
    package struct Code: Sendable, Hashable {
        package let text: String

        package init(text: String) {
            self.text = text
        }

        package static let secretUnknown = Code(text: "secret_unknown")
        package static let secretNameInvalid = Code(text: "secret_name_invalid")
        package static let secretValueInvalid = Code(text: "secret_value_invalid")
        /// One secret's row cannot be decrypted; others are not affected.
        package static let secretDamaged = Code(text: "secret_damaged")
        /// The secret file cannot be opened, read or written.
        package static let secretStoreFailed = Code(text: "secret_store_failed")
        package static let masterKeyMissing = Code(text: "master_key_missing")
        package static let masterKeyInvalid = Code(text: "master_key_invalid")
        /// The secret file was written with another master key.
        package static let masterKeyWrong = Code(text: "master_key_wrong")
        /// A private file that others may read.
        package static let fileExposed = Code(text: "file_exposed")
        package static let fileFailed = Code(text: "file_failed")
        package static let scopeInvalid = Code(text: "scope_invalid")
        /// A token would be allowed more, or for longer, than the one who issues it.
        package static let scopeExceeded = Code(text: "scope_exceeded")
        package static let tokenInvalid = Code(text: "token_invalid")
    }

    package let code: Code
    package let reason: String
    package let detail: String

    package init(_ code: Code, _ reason: String, detail: String = "") {
        self.code = code
        self.reason = reason
        self.detail = detail
    }

    package var description: String { "\(code.text): \(reason)\(detail.isEmpty ? "" : " (\(detail))")" }
}
