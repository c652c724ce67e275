/// Host names: of ASCII (RFC 1123), and internationalised ones (RFC 5890 to 5893).
enum FormatHostname {
    typealias Bytes = UnsafeBufferPointer<UInt8>

    private static let longest = 253
    private static let longestLabel = 63

    /// Labels of letters, digits and inner hyphens; unless `isOlder`, one that begins with `xn--` must stand for a good
    /// one.
    static func isHostname(_ bytes: Bytes, isOlder: Bool = false) -> Bool {
        guard !bytes.isEmpty, bytes.count <= longest else { return false }
        return bytes.allParts(UInt8(ascii: ".")) { isLabel($0, isOlder: isOlder) }
    }

    private static func isLabel(_ label: Bytes, isOlder: Bool = false) -> Bool {
        guard label.count >= 1, label.count <= longestLabel, label[0] != UInt8(ascii: "-"),
            label[label.count - 1] != UInt8(ascii: "-"),
            label.allSatisfy({ $0.isAlphanumeric || $0 == UInt8(ascii: "-") })
        else { return false }
        guard !isOlder, label.count > 3, label[2] == UInt8(ascii: "-"), label[3] == UInt8(ascii: "-") else {
            return true
        }
        guard label[0] | 0x20 == UInt8(ascii: "x"), label[1] | 0x20 == UInt8(ascii: "n") else { return false }
        guard let scalars = decoded(label) else { return false }
        return FormatLabel.isValid(scalars)
            && (!scalars.contains(where: FormatLabel.isRightToLeft) || FormatLabel.obeysDirections(scalars))
    }

    /// The code points of a label in Punycode, which must be the one way to write them.
    private static func decoded(_ label: Bytes) -> [UInt32]? {
        let code = label.from(4).map { $0 | ($0.isLetter ? 0x20 : 0) }
        guard let scalars = Punycode.decode(code), scalars.contains(where: { $0 >= 0x80 }),
            Punycode.encode(scalars) == code
        else { return nil }
        return scalars
    }

    /// Dots of four kinds separate labels of Unicode or ASCII.
    static func isInternational(_ bytes: Bytes) -> Bool {
        let scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars.map(\.value)
        let labels = scalars.split(omittingEmptySubsequences: false) {
            $0 == 0x2E || $0 == 0x3002 || $0 == 0xFF0E || $0 == 0xFF61
        }
        var length = labels.count - 1
        var decodedLabels: [[UInt32]] = []
        for label in labels {
            guard let (scalars, size) = international(Array(label)) else { return false }
            decodedLabels.append(scalars)
            length += size
        }
        let isMixed = decodedLabels.contains { $0.contains(where: FormatLabel.isRightToLeft) }
        return length <= longest && (!isMixed || decodedLabels.allSatisfy(FormatLabel.obeysDirections))
    }

    /// A label's code points and how long it is in ASCII; nil when it is not allowed.
    private static func international(_ label: [UInt32]) -> (scalars: [UInt32], size: Int)? {
        guard !label.isEmpty else { return nil }
        if label.allSatisfy({ $0 < 0x80 }) {
            let bytes = label.map { UInt8(truncatingIfNeeded: $0) }
            return bytes.withUnsafeBufferPointer { bytes in
                guard isLabel(bytes) else { return nil }
                let isEncoded = bytes.count > 3 && bytes[2] == UInt8(ascii: "-") && bytes[3] == UInt8(ascii: "-")
                return (isEncoded ? decoded(bytes) ?? label : label, bytes.count)
            }
        }
        guard FormatLabel.isValid(label), let code = Punycode.encode(label), code.count + 4 <= longestLabel else {
            return nil
        }
        return (label, code.count + 4)
    }
}
