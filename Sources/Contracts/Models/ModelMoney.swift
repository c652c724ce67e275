/// Makes an amount and a currency of a provider's number: `{"amount": 10.99, "currency": "EUR"}`.
///
/// Amounts stay exact: the digits are moved, nothing is computed in binary fractions.
struct ModelMoney: Sendable {
    enum Currency: Sendable {
        case fixed(String)
        case path(ModelPath)
    }

    let currency: Currency
    /// The provider counts the currency's smallest unit, such as cents.
    let isMinor: Bool

    private static let members: Set<String> = ["money", "unit"]

    /// Reads `{"money": PATH or CODE, "unit": "minor" or "major"}`; throws what is wrong with it, in words.
    init(_ description: JSONObject) throws(ModelMappingError.Finding) {
        func finding(_ message: String) -> ModelMappingError.Finding { .init(field: nil, message: message) }
        if let unknown = description.keys.first(where: { !Self.members.contains($0) }) {
            throw finding("\(unknown) is unknown in convert; money and unit are known")
        }
        guard let text = description["money"]?.stringValue else {
            throw finding("convert with money names a currency such as EUR, or the path of one such as $.currency")
        }
        if text.hasPrefix("$") {
            guard let path = ModelPath(text) else { throw finding("\"\(text)\" is no path like $.currency") }
            currency = .path(path)
        } else {
            guard let code = Self.code(text) else { throw finding("\"\(text)\" is no currency like EUR") }
            currency = .fixed(code)
        }
        switch description["unit"] {
        case nil, "major": isMinor = false
        case "minor": isMinor = true
        default: throw finding("unit is minor or major")
        }
    }

    /// Throws what keeps the value from being an amount, in words.
    func convert(_ value: JSONValue, in answer: JSONValue) throws(ModelMappingError.Finding) -> JSONValue {
        let number: JSONNumber?
        switch value {
        case .number(let written): number = written
        case .string(let text): number = JSONNumber(text: text)
        default: number = nil
        }
        guard let number else {
            throw .init(field: nil, message: "\(value.typePhrase) cannot become an amount of money")
        }
        let code: String
        switch currency {
        case .fixed(let fixed): code = fixed
        case .path(let path):
            guard let found = path.value(in: answer)?.stringValue.flatMap(Self.code) else {
                throw .init(field: nil, message: "the amount of money has no currency")
            }
            code = found
        }
        guard isMinor else { return ["amount": .number(number), "currency": .string(code)] }
        let digits = Self.digits(of: code)
        guard let text = JSONDecimal(number.text).text(shiftedBy: -digits, fraction: digits) else {
            throw .init(field: nil, message: "the number is too large for an amount of money")
        }
        return ["amount": .number(JSONNumber(checked: text)), "currency": .string(code)]
    }

    /// Three letters, in capitals.
    private static func code(_ text: String) -> String? {
        let isCode = text.utf8.count == 3 && text.utf8.allSatisfy { (0x61...0x7A).contains($0 | 0x20) }
        return isCode ? text.uppercased() : nil
    }

    /// How many digits of an amount stand behind the point (ISO 4217): two for most.
    private static func digits(of code: String) -> Int {
        if wholeOnly.contains(code) { return 0 }
        if thousandths.contains(code) { return 3 }
        return code == "CLF" || code == "UYW" ? 4 : 2
    }

    private static let wholeOnly: Set<String> = [
        "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF",
        "XPF",
    ]
    private static let thousandths: Set<String> = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"]
}
