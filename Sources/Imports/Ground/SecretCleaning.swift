import Contracts
import Inventory

/// Keeps credentials that a document shows out of what is written.
enum SecretCleaning {
    /// Whether something in the text looks like a credential.
    static func isSuspect(_ text: String) -> Bool {
        !SecretScan.matches(in: text, byRandomness: true).isEmpty
    }

    /// The text with everything that looks like a credential taken out.
    static func cleaned(_ text: String) -> String {
        SecretScan.matches(in: text, byRandomness: true).reduce(text) { $0.replacing($1.token, with: "[kept back]") }
    }

    /// Whether a text anywhere in the value looks like a credential, or a member has the name of one.
    static func isSuspect(_ value: JSONValue) -> Bool {
        switch value {
        case .string(let text): isSuspect(text)
        case .array(let items): items.contains { isSuspect($0) }
        case .object(let object):
            object.contains { name, member in
                isSuspect(name) || isSuspect(member)
                    || (Redaction.standard.isSecret(member: name) && member.stringValue != nil)
            }
        case .null, .bool, .number: false
        }
    }
}
