import Contracts
import TestSupport
import Testing

@Suite("The public JSON parsing suite")
struct JSONSuiteTests {
    /// The cases RFC 8259 leaves open and we accept; all others are refused.
    private static let acceptedByChoice: Set<String> = [
        "i_number_double_huge_neg_exp.json", "i_number_huge_exp.json", "i_number_neg_int_huge_exp.json",
        "i_number_pos_double_huge_exp.json", "i_number_real_neg_overflow.json", "i_number_real_pos_overflow.json",
        "i_number_real_underflow.json", "i_number_too_big_neg_int.json", "i_number_too_big_pos_int.json",
        "i_number_very_big_negative_int.json", "i_structure_500_nested_arrays.json",
        "i_structure_UTF-8_BOM_empty_object.json",
    ]

    @Test("every case ends as the grammar or our choice says")
    func everyCase() throws {
        guard let folder = Suites.folder("json-test-suite/test_parsing") else { return }
        var seen: [Character: Int] = [:]
        var right = 0
        for file in Suites.files(in: folder) {
            let bytes = try Suites.bytes(folder + "/" + file)
            let limits = JSONLimits(duplicateKeys: .keepLast)
            let accepted = (try? JSONDocument.parse(bytes, limits: limits)) != nil
            let expected = file.hasPrefix("y_") || Self.acceptedByChoice.contains(file)
            #expect(accepted == expected, "\(file)")
            if accepted == expected { right += 1 }
            seen[file.first ?? "?", default: 0] += 1
        }
        print("json parsing: \(right) of 318")
        #expect(seen == ["y": 95, "n": 188, "i": 35])
    }

    @Test("what was accepted is written and read again as the same value")
    func roundTrip() throws {
        guard let folder = Suites.folder("json-test-suite/test_parsing") else { return }
        for file in Suites.files(in: folder) where file.hasPrefix("y_") {
            let limits = JSONLimits(duplicateKeys: .keepLast)
            let value = try JSONValue.parse(try Suites.bytes(folder + "/" + file), limits: limits)
            #expect(try JSONValue.parse(value.encoded()) == value, "\(file)")
            #expect(try JSONValue.parse(value.pretty()) == value, "\(file)")
        }
    }
}
