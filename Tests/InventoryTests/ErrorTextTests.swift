import Testing

@testable import Inventory

@Suite("A user reads an error in the language that fits best")
struct ErrorTextTests {
    private let rule = ErrorRule(
        status: 404, problemCode: "gone", text: "It is gone.",
        texts: ["de": "Es ist weg.", "pt-BR": "Sumiu.", "zh-Hant": "不見了。", "fr": "Parti."])

    @Test(
        "the language asked for is found, shortened until one is there",
        arguments: [
            ("de", "Es ist weg."), ("de-CH", "Es ist weg."), ("de-DE-1996", "Es ist weg."), ("DE-ch", "Es ist weg."),
            ("pt-br", "Sumiu."), ("zh-Hant-TW", "不見了。"), ("de-x-private", "Es ist weg."),
            ("fr-CA, de", "Parti."),
        ])
    func lookup(accept: String, expected: String) {
        #expect(rule.text(for: accept) == expected)
    }

    @Test(
        "weights decide, and among equals the order",
        arguments: [
            ("de;q=0.5, fr;q=0.8", "Parti."), ("de, fr", "Es ist weg."), ("fr;q=0.8, de;q=0.8", "Parti."),
            ("de;q=0.001, fr;q=0.002", "Parti."), ("de ; Q=0.1 , fr;q=0.09", "Es ist weg."),
            ("de;q=1.000", "Es ist weg."),
        ])
    func weights(accept: String, expected: String) {
        #expect(rule.text(for: accept) == expected)
    }

    @Test(
        "the rule's own text is for those who read its language, or none of the others",
        arguments: ["en", "en-US,en;q=0.9,de;q=0.8", "it", "pt", "zh", "*", "", "it, *"])
    func standard(accept: String) {
        #expect(rule.text(for: accept) == rule.text)
    }

    @Test("the language the texts are written in is the project's")
    func written() {
        #expect(rule.text(for: "it, de;q=0.5", written: "it") == rule.text)
        #expect(rule.text(for: "en, de;q=0.5", written: "it") == "Es ist weg.")
        #expect(rule.text(for: "it-CH, de;q=0.5", written: "it") == rule.text)
    }

    @Test("a language of weight zero is never chosen, not even for a variant of it")
    func refused() {
        #expect(rule.text(for: "de;q=0, fr;q=0.1") == "Parti.")
        #expect(rule.text(for: "de-CH, de;q=0, fr;q=0.1") == "Parti.")
        #expect(rule.text(for: "de;q=0.000, *") == rule.text)
    }

    @Test("without a field, or without other languages, it is the rule's text")
    func absent() {
        #expect(rule.text(for: nil) == rule.text)
        let plain = ErrorRule(status: 404, problemCode: "gone", text: "It is gone.")
        #expect(plain.text(for: "de") == "It is gone.")
    }

    @Test(
        "what cannot be read is left out and harms nothing",
        arguments: [
            "de;q=2, fr", "de;q=, fr", "de;q=-1, fr", "de;q=0.0001, fr", "de;x=1, fr", "d e é;q=1, fr", ",,;,-,fr",
            "toolonglanguage, fr", "-de, fr", "de--ch, fr", "\u{0}, fr", "de;q=NaN, fr",
        ])
    func hostile(accept: String) {
        #expect(rule.text(for: accept) == "Parti.")
    }

    @Test("an endless field is read to its bound alone")
    func endless() {
        #expect(rule.text(for: String(repeating: "xx,", count: 400_000) + "de") == rule.text)
        #expect(rule.text(for: String(repeating: "a-", count: 500_000)) == rule.text)
        #expect(rule.text(for: String(repeating: ";q=0.1", count: 100_000)) == rule.text)
    }
}
