import Testing

@testable import Inventory

@Suite("Pasted credentials are found, and nothing else is taken for one")
struct SecretScanTests {
    /// Made of pieces, so that no scanner of this repository takes it for a real one.
    static let samples = [
        "sk_" + "live_4eC39HqLyjWDarjtT1zdp7dc", "sk" + "-proj-abc123DEF456ghi789JKL",
        "gh" + "p_16C7e42F292c6912E7710c83",
        "AK" + "IAIOSFODNN7EXAMPL3", "xo" + "xb-123456789012-abcdef", "AI" + "zaSyA1234567890abcdefghijklmnopqrstuv",
        "ey" + "JhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N",
        "9f86d081" + "884c7d659a2feaa0c55ad015", "Zx8Q" + "2mN7vB4kL9pR3tY6wD1f",
        "a1B2" + "c3D4/e5F6+g7H8i9J0kLmNoPqRsTuVwX",
    ]

    @Test("known prefixes and random words", arguments: samples)
    func found(sample: String) {
        #expect(SecretScan.matches(in: "key: \"\(sample)\" # x", byRandomness: true).map(\.token) == [sample])
        #expect(
            SecretScan.matches(in: "a\nurl: https://a.b/?k=\(sample)", byRandomness: true).first?.position.line == 2)
        #expect(SecretScan.matches(in: "# \(sample)", byRandomness: true).count == 1)
    }

    @Test(
        "names, paths, addresses, hashes in addresses, dates and programs",
        arguments: [
            "about: keys begin with sk_live_ or sk_test_", "call: neighbourhood-rents-2024.search-all-of-them",
            "path: /v1/organisations/{organisation_id}/projects/{project}/keys",
            "url: https://api.example.com/v1/9f86d081884c7d659a2feaa0c55ad015/x",
            "id: 550e8400-e29b-41d4-a716-446655440000",
            "at: 2026-11-24T23:29:38.123Z", "x: [ .steps.rents[] | {name: .area.name, rent: .median_rent} ]",
            "pattern: \"^[A-Za-z0-9]{24}$\"", "secret: sk-neighbourhood-rent-api-key",
            "n: 12345678901234567890123456789",
            "file: contracts/getNeighbourhoodRentStatisticsByYear2024.json",
            "x: AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        ])
    func harmless(line: String) {
        #expect(SecretScan.matches(in: line, byRandomness: true).map(\.token) == [])
    }

    @Test("a private key is found by its frame")
    func privateKey() {
        let text = "a: |\n  -----BEGIN " + "RSA PRIVATE KEY-----\n"
        #expect(SecretScan.matches(in: text, byRandomness: false).map(\.kind) == ["a private key"])
    }
}
