import Inventory
import Wire

/// Path or query parameters as the JSON text of one object, in room that is used again: what a contract is checked against in the good
/// case, without a tree.
///
/// Every addition may say that it is in doubt (an escape that JSON would need, a name given twice, a number that is none); the values
/// are then read the long way.
struct TextObject {
    /// More are read the long way.
    private static let limit = 32

    private(set) var bytes: [UInt8] = []
    private var names: [Range<Int>] = []

    mutating func begin() {
        bytes.removeAll(keepingCapacity: true)
        names.removeAll(keepingCapacity: true)
        bytes.append(UInt8(ascii: "{"))
    }

    mutating func end() {
        bytes.append(UInt8(ascii: "}"))
    }

    /// Adds a percent-encoded pair; false: in doubt.
    mutating func add(
        name: Span<UInt8>, value: Span<UInt8>, isForm: Bool, _ contract: TextContract
    ) -> Bool {
        guard names.count < Self.limit else { return false }
        if !names.isEmpty { bytes.append(UInt8(ascii: ",")) }
        bytes.append(UInt8(ascii: "\""))
        let start = bytes.count
        guard decode(name, isForm) else { return false }
        let range = start..<bytes.count
        for other in names where bytes[other] == bytes[range] { return false }
        names.append(range)
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
        switch contract.kind(of: bytes[range]) {
        case .text:
            bytes.append(UInt8(ascii: "\""))
            guard decode(value, isForm) else { return false }
            bytes.append(UInt8(ascii: "\""))
        case .number:
            guard !value.isEmpty else { return false }
            for index in value.indices {
                let byte = value[index]
                guard byte &- 0x30 < 10 || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") else { return false }
                bytes.append(byte)
            }
        case .other:
            return false
        }
        return true
    }

    private mutating func decode(_ text: Span<UInt8>, _ isForm: Bool) -> Bool {
        var index = 0
        while index < text.count {
            var byte = text[index]
            index += 1
            if byte == UInt8(ascii: "%") {
                guard text.count - index >= 2, let high = text[index].hexDigit, let low = text[index + 1].hexDigit
                else { return false }
                byte = high << 4 | low
                index += 2
            } else if isForm, byte == UInt8(ascii: "+") {
                byte = UInt8(ascii: " ")
            }
            guard byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") else { return false }
            bytes.append(byte)
        }
        return true
    }
}
