/// What a plain YAML scalar means under the core schema of YAML 1.2.2 (section 10.3.2).
///
/// `no`, `yes`, `on`, `off`, dates and sexagesimal numbers are text here, as that schema has it.
enum CoreSchema {
    /// The value of an unquoted scalar, or nil for a number that JSON cannot hold (`.inf`, `.nan`).
    static func resolve(_ text: String) -> DataNode.Value? {
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .bool(true)
        case "false", "False", "FALSE": return .bool(false)
        case ".nan", ".NaN", ".NAN": return nil
        default: break
        }
        var unsigned = text[...]
        if unsigned.first == "+" || unsigned.first == "-" { unsigned.removeFirst() }
        if [".inf", ".Inf", ".INF"].contains(unsigned) { return nil }
        guard let json = number(text) else { return .text(text) }
        return .number(json: json, written: text)
    }

    /// The JSON number for a YAML integer or float, or nil when the text is neither.
    static func number(_ text: String) -> String? {
        for (prefix, radix) in [("0x", 16), ("0o", 8)] where text.hasPrefix(prefix) {
            let digits = text.dropFirst(2)
            guard digits.utf8.allSatisfy({ $0.hexDigit != nil }) else { return nil }
            return UInt64(digits, radix: radix).map { String($0) }
        }
        var rest = Array(text.utf8)[...]
        var json: [UInt8] = []
        if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            if sign == UInt8(ascii: "-") { json.append(sign) }
            rest.removeFirst()
        }
        let whole = takeDigits(&rest)
        var fraction: ArraySlice<UInt8> = []
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            fraction = takeDigits(&rest)
        }
        guard !whole.isEmpty || !fraction.isEmpty else { return nil }
        json += whole.isEmpty ? [UInt8(ascii: "0")][...] : withoutLeadingZeros(whole)
        if !fraction.isEmpty { json += [UInt8(ascii: ".")] + fraction }
        if let mark = rest.first, mark == UInt8(ascii: "e") || mark == UInt8(ascii: "E") {
            json.append(mark)
            rest.removeFirst()
            if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
                json.append(sign)
                rest.removeFirst()
            }
            let exponent = takeDigits(&rest)
            guard !exponent.isEmpty else { return nil }
            json += exponent
        }
        return rest.isEmpty ? String(decoding: json, as: UTF8.self) : nil
    }

    private static func takeDigits(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let digits = rest.prefix { $0.isASCIIDigit }
        rest = rest.dropFirst(digits.count)
        return digits
    }

    private static func withoutLeadingZeros(_ digits: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let trimmed = digits.drop { $0 == UInt8(ascii: "0") }
        return trimmed.isEmpty ? digits.prefix(1) : trimmed
    }
}
