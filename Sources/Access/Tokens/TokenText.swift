import Crypto
import Inventory
import Store

/// The text of a token: `ft_` and 32 random bytes in base64url.
struct TokenText: Sendable {
    static let prefix = "ft_"
    private static let digits = 43

    let text: String

    static func random() -> TokenText {
        TokenText(text: prefix + Base64.text(RandomBytes.make(32), .url, padded: false))
    }

    /// nil for what cannot be a token, whoever sent it.
    init?(parsing text: String) {
        let bytes = text.utf8
        guard bytes.count == Self.prefix.utf8.count + Self.digits, text.hasPrefix(Self.prefix),
            bytes.dropFirst(Self.prefix.utf8.count).allSatisfy(Self.isDigit)
        else { return nil }
        self.text = text
    }

    private init(text: String) {
        self.text = text
    }

    /// Hex SHA-256: what is stored and compared. A look-up by it tells nothing by its timing, since nobody can choose
    /// a text by its hash.
    var hash: String {
        Hex.text(SHA256.hash(data: Array(text.utf8)))
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
