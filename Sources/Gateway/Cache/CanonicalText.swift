import Contracts
import Inventory

/// One text for all ways to write the same request.
package enum CanonicalText {
    /// Escapes in capitals, and none for what needs none (RFC 3986, 6.2.2).
    package static func path(_ text: String) -> String {
        text.utf8.contains(UInt8(ascii: "%")) ? String(decoding: normalised(text.utf8), as: UTF8.self) : text
    }

    /// The same for a query, and its parameters sorted by name; those of one name keep their order.
    package static func query(_ text: String?) -> String {
        guard let text, !text.isEmpty else { return "" }
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "&") || $0 == UInt8(ascii: "%") }) else { return text }
        let pairs = text.utf8.split(separator: UInt8(ascii: "&")).map { pair -> (name: String, pair: String) in
            let bytes = normalised(pair)
            let name = bytes.prefix { $0 != UInt8(ascii: "=") }
            return (String(decoding: name, as: UTF8.self), String(decoding: bytes, as: UTF8.self))
        }
        let sorted = pairs.enumerated().sorted { ($0.element.name, $0.offset) < ($1.element.name, $1.offset) }
        return sorted.map(\.element.pair).joined(separator: "&")
    }

    /// JSON with the members of every object sorted by name; numbers keep their text.
    static func json(_ value: JSONValue) -> [UInt8] {
        sorted(value).encoded()
    }

    private static func sorted(_ value: JSONValue) -> JSONValue {
        if let items = value.arrayValue { return .array(items.map { sorted($0) }) }
        guard let object = value.objectValue else { return value }
        var ordered = JSONObject()
        for (key, value) in object.sorted(by: { $0.key < $1.key }) { ordered[key] = sorted(value) }
        return .object(ordered)
    }

    private static func normalised(_ text: some Sequence<UInt8>) -> [UInt8] {
        let bytes = Array(text)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count, let high = bytes[index + 1].hexDigit,
                let low = bytes[index + 2].hexDigit
            {
                let byte = high << 4 | low
                if isUnreserved(byte) {
                    result.append(byte)
                } else {
                    result += [UInt8(ascii: "%"), capitals[Int(high)], capitals[Int(low)]]
                }
                index += 3
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return result
    }

    private static let capitals = Array("0123456789ABCDEF".utf8)

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }
}
