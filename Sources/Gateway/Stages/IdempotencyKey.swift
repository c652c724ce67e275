package import Store

/// What a caller may send as `Idempotency-Key`: 1 to 255 visible ASCII characters.
package enum IdempotencyKey {
    package static func isValid(_ key: String) -> Bool {
        (1...255).contains(key.utf8.count) && key.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }

    package static let problem = Problem(
        "input_invalid", source: .caller, status: 400, title: "The request cannot be used",
        detail: "Idempotency-Key must be 1 to 255 visible ASCII characters.")
}
