import Contracts
import TestSupport
import Testing

@testable import Pact

@Suite("The cases of the Pact specification")
struct PactSuiteTests {
    /// The cases of one version, and how many there are.
    struct Version: Sendable, CustomTestStringConvertible {
        let folder: String
        let form: PactVersion
        let count: Int

        var testDescription: String { folder }
    }

    private static let versions = [
        Version(folder: "version-1", form: .v2, count: 76), Version(folder: "version-1.1", form: .v2, count: 97),
        Version(folder: "version-2", form: .v2, count: 178), Version(folder: "version-3", form: .v3, count: 226),
        Version(folder: "version-4", form: .v4, count: 226),
    ]

    @Test("every case is decided as the specification says", arguments: versions)
    func everyCase(version: Version) throws {
        guard let folder = Suites.folder("pact-specification/\(version.folder)/testcases") else { return }
        var wrong: [String] = []
        let files = Suites.files(in: folder)
        for file in files {
            let test = PactPlace(
                try JSONValue.parse(try Suites.bytes(folder + "/" + file), limits: PactFileReader.limits))
            let found = try Self.mismatches(test, part: file.prefix { $0 != "/" }, version.form)
            if found.isEmpty != (test.value["match"] == true) { wrong.append("\(file): \(found)") }
        }
        print("pact \(version.folder): \(files.count - wrong.count) of \(version.count)")
        #expect(wrong == [])
        #expect(files.count == version.count)
    }

    private static func mismatches(_ test: PactPlace, part: Substring, _ form: PactVersion) throws -> [PactMismatch] {
        let reader = PactPartReader(version: form)
        let expected = try #require(test.member("expected"))
        let actual = try #require(test.member("actual"))
        switch part {
        case "request": return try reader.request(expected).mismatches(with: try reader.request(actual))
        case "response": return try reader.response(expected).mismatches(with: try reader.response(actual))
        default: return try reader.message(expected).mismatches(with: try reader.message(actual))
        }
    }
}
