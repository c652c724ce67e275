import Testing

@testable import Review

@Suite("Words for numbers")
struct WordsTests {
    @Test(
        "durations have three digits that matter",
        arguments: zip(
            [0, 0.4, 214.4, 999.4, 999.6, 1584, 9994, 12_440, 59_900, 61_000, 3_725_000],
            [
                "0 ms", "0 ms", "214 ms", "999 ms", "1.00 s", "1.58 s", "9.99 s", "12.4 s", "59.9 s", "1 min_1 s",
                "62 min_5 s",
            ]))
    func durations(milliseconds: Double, text: String) {
        #expect(Words.duration(milliseconds) == text.replacing(" ", with: "\u{202F}").replacing("_", with: " "))
    }

    @Test(
        "thousands are separated",
        arguments: zip(
            [0, 12, 999, 1000, 4261, 1_234_567, -1234], ["0", "12", "999", "1,000", "4,261", "1,234,567", "-1,234"]))
    func counts(number: Int, text: String) {
        #expect(Words.count(number) == text)
    }

    @Test("one is not many")
    func plurals() {
        #expect(Words.plural(1, "call") == "1 call")
        #expect(Words.plural(0, "call") == "0 calls")
    }
}
