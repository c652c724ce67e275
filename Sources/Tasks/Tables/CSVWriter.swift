import Contracts
import Inventory

/// Writes a table as CSV (RFC 4180, UTF-8, lines end with CR LF).
///
/// A cell that a spreadsheet would take for a formula gets an apostrophe in front; numbers, also negative ones, do not.
enum CSVWriter {
    /// Throws `RecipeFault` with the row at fault when a row is no object.
    static func write(rows: [JSONValue], columns: [TableColumn]) throws(RecipeFault) -> [UInt8] {
        var bytes: [UInt8] = []
        append(columns.map { guarded($0.title) }, to: &bytes)
        for (index, row) in rows.enumerated() {
            guard let object = row.objectValue else {
                throw RecipeFault("row \(index + 1) is \(article(row.typeName)), not an object.")
            }
            append(columns.map { cell(object[$0.field] ?? .null) }, to: &bytes)
        }
        return bytes
    }

    /// The text of one cell before it is quoted.
    static func cell(_ value: JSONValue) -> String {
        switch value {
        case .null: ""
        case .bool(let value): value ? "true" : "false"
        case .number(let number): number.text
        case .string(let text): guarded(text)
        case .array, .object: guarded(value.text)
        }
    }

    private static func guarded(_ text: String) -> String {
        switch text.utf8.first {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), UInt8(ascii: "\t"),
            UInt8(ascii: "\r"), UInt8(ascii: "\n"):
            JSONNumber(text: text) == nil ? "'" + text : text
        default: text
        }
    }

    private static func append(_ cells: [String], to bytes: inout [UInt8]) {
        for (index, cell) in cells.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            if cell.utf8.contains(where: isSpecial) {
                bytes.append(UInt8(ascii: "\""))
                for byte in cell.utf8 {
                    if byte == UInt8(ascii: "\"") { bytes.append(byte) }
                    bytes.append(byte)
                }
                bytes.append(UInt8(ascii: "\""))
            } else {
                bytes += cell.utf8
            }
        }
        bytes += "\r\n".utf8
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\r")
            || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: ";")
    }

    private static func article(_ type: String) -> String {
        switch type {
        case "array": "an array"
        case "null": "null"
        default: "a \(type)"
        }
    }
}
