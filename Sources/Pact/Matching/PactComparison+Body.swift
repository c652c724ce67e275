import Contracts

extension PactComparison {
    /// Compares two contents by the type of the expected one.
    ///
    /// - Parameters:
    ///   - expected: the example with its type: the one said with it, else the field's, else what it looks like.
    ///   - allowsOtherType: a rule for the field `Content-Type` has accepted the type that came.
    mutating func body(
        _ expected: (body: PactBody, type: MediaType?), _ actual: (body: PactBody, type: MediaType?),
        _ rules: PactRules, allowsOtherType: Bool
    ) {
        switch (expected.body, actual.body) {
        case (.missing, _): return
        case (.empty, .present(let bytes, _)):
            if !bytes.isEmpty { note("$", "expected no content, not \(bytes.count) bytes") }
        case (.empty, _): return
        case (.present, .missing), (.present, .empty): note("$", "expected a content; there is none")
        case (.present(let wanted, _), .present(let came, _)):
            let type = expected.type ?? MediaType.detect(wanted)
            let seen = actual.type ?? MediaType.detect(came)
            guard allowsOtherType || type.covers(seen) else {
                return note("$", "expected a content of \(type), not of \(seen)")
            }
            content(wanted, came, type, rules)
        }
    }

    private mutating func content(_ expected: [UInt8], _ actual: [UInt8], _ type: MediaType, _ rules: PactRules) {
        if type.isJSON {
            guard let expected = read("example", { () throws(JSONError) in try Self.json(expected) }),
                let actual = read("content", { () throws(JSONError) in try Self.json(actual) })
            else { return }
            json(expected, actual, RuleScope(rules))
        } else if type.isXML {
            guard let expected = read("example", { () throws(XMLError) in try XMLReader.read(expected) }),
                let actual = read("content", { () throws(XMLError) in try XMLReader.read(actual) })
            else { return }
            xml(expected, actual, rules)
        } else if type.isForm {
            let form = PactValues(query: String(decoding: actual, as: UTF8.self))
            parameters(PactValues(query: String(decoding: expected, as: UTF8.self)), form, rules)
        } else {
            plain(expected, actual, RuleScope(rules))
        }
    }

    private static func json(_ bytes: [UInt8]) throws(JSONError) -> JSONValue {
        try JSONValue.parse(bytes, limits: PactFileReader.limits)
    }

    private mutating func read<Value, Fault: Error>(_ what: String, _ read: () throws(Fault) -> Value) -> Value? {
        do throws(Fault) {
            return try read()
        } catch {
            note("$", "the \(what) cannot be read: \(error)")
            return nil
        }
    }

    /// Text and bytes of any other kind: by the rule for the whole, or byte by byte.
    private mutating func plain(_ expected: [UInt8], _ actual: [UInt8], _ scope: RuleScope) {
        guard let choice = scope.choice else {
            guard expected != actual else { return }
            let isText = MediaType.detect(actual).isText && actual.count < 200
            let shown = isText ? Shown.text(String(decoding: actual, as: UTF8.self)) : "\(actual.count) other bytes"
            let wanted = isText ? Shown.text(String(decoding: expected, as: UTF8.self)) : "\(expected.count) bytes"
            return note("$", "expected \(wanted), not \(shown)")
        }
        note(
            scope,
            choice.list.judge { rule in
                if case .contentType(let type) = rule {
                    let seen = ContentSignature.type(of: actual)
                    return ContentSignature.isOne(seen, of: type) ? nil : "expected a content of \(type), not \(seen)"
                }
                if case .equality = rule {
                    return expected == actual ? nil : "expected other content"
                }
                let text = String(decoding: expected, as: UTF8.self)
                return rule.fault(text, String(decoding: actual, as: UTF8.self), isCascaded: choice.isCascaded)
            })
    }
}
