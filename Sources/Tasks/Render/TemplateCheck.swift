/// Looks through the text of a template for tags that would let data act as markup.
///
/// Everything a template puts in is escaped; tags that turn this off, and tags that reach beyond the template, are
/// refused. So are values inside `<script>`, where escaping for HTML does not protect.
struct TemplateCheck {
    struct Fault: Sendable, Equatable {
        /// Counted from 1.
        let line: Int
        let message: String
    }

    private let bytes: [UInt8]
    private var place = 0
    private var line = 1
    private var isInScript = false
    private var faults: [Fault] = []

    private init(_ text: String) {
        bytes = Array(text.utf8)
    }

    static func faults(in text: String) -> [Fault] {
        var check = TemplateCheck(text)
        check.run()
        return check.faults
    }

    private mutating func run() {
        while place < bytes.count {
            if begins("{{") {
                tag()
            } else {
                if begins("<script") { isInScript = true }
                if begins("</script") { isInScript = false }
                advance()
            }
        }
    }

    private mutating func tag() {
        place += 2
        let mark = place < bytes.count ? bytes[place] : 0
        switch mark {
        case UInt8(ascii: "{"), UInt8(ascii: "&"):
            fault("a value is put in without escaping; write {{name}} instead")
        case UInt8(ascii: ">"), UInt8(ascii: "<"), UInt8(ascii: "$"):
            fault("partial templates cannot be used here; write the template in one file")
        case UInt8(ascii: "="):
            fault("the marks {{ and }} cannot be changed")
        case UInt8(ascii: "%"):
            fault("the content type cannot be changed; it follows from the file's name")
        case UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "^"), UInt8(ascii: "/"):
            break
        default:
            if isInScript { fault("a value stands inside <script>, where it cannot be made safe") }
        }
        while place < bytes.count, !begins("}}") { advance() }
        if place < bytes.count { place += 2 }
    }

    private mutating func advance() {
        if bytes[place] == UInt8(ascii: "\n") { line += 1 }
        place += 1
    }

    private mutating func fault(_ message: String) {
        faults.append(Fault(line: line, message: message))
    }

    /// Letters in either case.
    private func begins(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { wanted in
            place + wanted.count <= bytes.count
                && zip(bytes[place..<place + wanted.count], wanted).allSatisfy { byte, letter in
                    byte == letter
                        || (byte | 0x20 == letter && letter >= UInt8(ascii: "a") && letter <= UInt8(ascii: "z"))
                }
        }
    }
}
