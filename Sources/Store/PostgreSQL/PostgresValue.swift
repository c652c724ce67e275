/// A parameter of a statement; the case says its PostgreSQL type.
enum PostgresValue: Sendable {
    case text(String?)
    case int(Int64?)
    case bool(Bool)
    case double(Double)
    case bytes([UInt8]?)
    case texts([String?])
    case ints([Int64?])
    case bools([Bool])
    case doubles([Double])

    /// The type's number in `pg_type`, the same in every database.
    var typeID: UInt32 {
        switch self {
        case .text: Self.textID
        case .int: Self.intID
        case .bool: Self.boolID
        case .double: Self.doubleID
        case .bytes: 17
        case .texts: 1009
        case .ints: 1016
        case .bools: 1000
        case .doubles: 1022
        }
    }

    private static let textID: UInt32 = 25
    private static let intID: UInt32 = 20
    private static let boolID: UInt32 = 16
    private static let doubleID: UInt32 = 701

    static func int(_ moment: Timestamp?) -> PostgresValue { .int(moment?.milliseconds) }
    static func int(_ number: Int) -> PostgresValue { .int(Int64(number)) }

    /// Appends the value in PostgreSQL's binary form; false for NULL.
    func encode(into bytes: inout [UInt8]) -> Bool {
        switch self {
        case .text(let text):
            guard let text else { return false }
            Self.append(text, to: &bytes)
        case .int(let number):
            guard let number else { return false }
            Self.append(number, to: &bytes)
        case .bool(let isTrue):
            bytes.append(isTrue ? 1 : 0)
        case .double(let number):
            Self.append(number.bitPattern, to: &bytes)
        case .bytes(let value):
            guard let value else { return false }
            bytes.append(contentsOf: value)
        case .texts(let items):
            Self.append(items, of: Self.textID, to: &bytes) { Self.append($0, to: &$1) }
        case .ints(let items):
            Self.append(items, of: Self.intID, to: &bytes) { Self.append($0, to: &$1) }
        case .bools(let items):
            Self.append(items, of: Self.boolID, to: &bytes) { $1.append($0 ? 1 : 0) }
        case .doubles(let items):
            Self.append(items, of: Self.doubleID, to: &bytes) { Self.append($0.bitPattern, to: &$1) }
        }
        return true
    }

    private static func append(_ number: some FixedWidthInteger, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }

    /// PostgreSQL has no U+0000 in text: it becomes U+FFFD.
    private static func append(_ text: String, to bytes: inout [UInt8]) {
        var text = text
        text.withUTF8 { utf8 in
            if utf8.contains(0) {
                for byte in utf8 {
                    if byte == 0 { bytes.append(contentsOf: [0xEF, 0xBF, 0xBD]) } else { bytes.append(byte) }
                }
            } else {
                bytes.append(contentsOf: utf8)
            }
        }
    }

    /// The form of a one-dimensional array: dimensions, whether there are NULLs, type, length, lower bound, items.
    private static func append<Item>(
        _ items: [Item?], of typeID: UInt32, to bytes: inout [UInt8], _ encode: (Item, inout [UInt8]) -> Void
    ) {
        append(Int32(items.isEmpty ? 0 : 1), to: &bytes)
        append(Int32(items.contains { $0 == nil } ? 1 : 0), to: &bytes)
        append(typeID, to: &bytes)
        guard !items.isEmpty else { return }
        append(Int32(clamping: items.count), to: &bytes)
        append(Int32(1), to: &bytes)
        for item in items {
            guard let item else {
                append(Int32(-1), to: &bytes)
                continue
            }
            let place = bytes.count
            append(Int32(0), to: &bytes)
            encode(item, &bytes)
            let length = Int32(clamping: bytes.count - place - 4).bigEndian
            withUnsafeBytes(of: length) { bytes.replaceSubrange(place..<place + 4, with: $0) }
        }
    }
}
