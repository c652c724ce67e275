/// A pass-through request's target, `/p/{provider}/{path}?{query}`, taken apart without copying.
///
/// Ranges are offsets of UTF-8 bytes in the target.
package struct CallTarget: Sendable, Equatable {
    /// As written: a name that needs no escapes.
    package let provider: Range<Int>
    /// Percent-encoded and not looked at yet; empty where the target ends behind the provider, which stands for `/`.
    package let path: Range<Int>
    /// Without the `?`.
    package let query: Range<Int>?

    /// nil when the target lies elsewhere or names no provider.
    package init?(_ target: Span<UInt8>) {
        let count = target.count
        guard count > 3, target[0] == Self.slash, target[1] == UInt8(ascii: "p"), target[2] == Self.slash else {
            return nil
        }
        var index = 3
        while index < count, target[unchecked: index] != Self.slash, target[unchecked: index] != Self.mark {
            index += 1
        }
        guard index > 3 else { return nil }
        provider = 3..<index
        let start = index
        while index < count, target[unchecked: index] != Self.mark { index += 1 }
        path = start..<index
        query = index < count ? index + 1..<count : nil
    }

    private static let slash = UInt8(ascii: "/")
    private static let mark = UInt8(ascii: "?")
}

extension CallTarget {
    /// The same for a target that is text.
    package init?(_ target: String) {
        guard let target = target.withBytes({ CallTarget($0) }) else { return nil }
        self = target
    }
}

extension CallTarget {
    /// The provider's name in the target that was taken apart.
    package func providerName(in target: String) -> String {
        target.withBytes { bytes in
            bytes.extracting(provider).withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
        }
    }
}
