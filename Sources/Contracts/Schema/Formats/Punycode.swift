/// Code points in ASCII (RFC 3492), without the prefix `xn--`.
enum Punycode {
    private static let base = 36
    private static let lowest = 1
    private static let highest = 26
    private static let skew = 38
    private static let damp = 700
    private static let firstBias = 72

    static func decode(_ code: [UInt8]) -> [UInt32]? {
        var result: [UInt32] = []
        var place = 0
        if let hyphen = code.lastIndex(of: UInt8(ascii: "-")) {
            result = code[..<hyphen].map { UInt32($0) }
            place = hyphen + 1
        }
        var (value, bias, index) = (0x80, firstBias, 0)
        while place < code.count {
            let before = index
            var weight = 1
            var step = base
            while true {
                guard place < code.count, let digit = digit(code[place]) else { return nil }
                place += 1
                index += digit * weight
                guard index <= 0x7FFF_FFFF else { return nil }
                let threshold = min(max(step - bias, lowest), highest)
                if digit < threshold { break }
                weight *= base - threshold
                guard weight <= 0x7FFF_FFFF else { return nil }
                step += base
            }
            let count = result.count + 1
            bias = adapted(index - before, count, isFirst: before == 0)
            value += index / count
            index %= count
            guard value <= 0x10FFFF, !(0xD800...0xDFFF).contains(value) else { return nil }
            result.insert(UInt32(value), at: index)
            index += 1
        }
        return result
    }

    static func encode(_ scalars: [UInt32]) -> [UInt8]? {
        var result = scalars.filter { $0 < 0x80 }.map { UInt8($0) }
        let basic = result.count
        var handled = basic
        if basic > 0 { result.append(UInt8(ascii: "-")) }
        var (value, bias, delta) = (0x80, firstBias, 0)
        while handled < scalars.count {
            guard let next = scalars.filter({ $0 >= value }).min() else { return nil }
            delta += (Int(next) - value) * (handled + 1)
            value = Int(next)
            for scalar in scalars {
                if scalar < value { delta += 1 }
                guard scalar == value else { continue }
                var rest = delta
                var step = base
                while true {
                    let threshold = min(max(step - bias, lowest), highest)
                    if rest < threshold { break }
                    result.append(character(threshold + (rest - threshold) % (base - threshold)))
                    rest = (rest - threshold) / (base - threshold)
                    step += base
                }
                result.append(character(rest))
                bias = adapted(delta, handled + 1, isFirst: handled == basic)
                delta = 0
                handled += 1
            }
            delta += 1
            value += 1
        }
        return result
    }

    private static func adapted(_ delta: Int, _ count: Int, isFirst: Bool) -> Int {
        var delta = isFirst ? delta / damp : delta / 2
        delta += delta / count
        var step = 0
        while delta > (base - lowest) * highest / 2 {
            delta /= base - lowest
            step += base
        }
        return step + (base - lowest + 1) * delta / (delta + skew)
    }

    private static func digit(_ byte: UInt8) -> Int? {
        byte.isDigit ? Int(byte - 0x30) + 26 : byte.isLetter ? Int((byte | 0x20) - 0x61) : nil
    }

    private static func character(_ digit: Int) -> UInt8 {
        digit < 26 ? UInt8(digit) + 0x61 : UInt8(digit - 26) + 0x30
    }
}
