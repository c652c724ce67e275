import Contracts
import Inventory

/// Finds the parameters in paths that were only seen in use.
///
/// A part is a parameter when it stands in braces, is a number, a UUID or random; and when eight different ones were seen
/// where all other parts are the same.
struct PathGuess {
    private static let different = 8

    /// By the shape of all other parts: the parts seen.
    private var seen: [String: Set<String>] = [:]

    init(_ calls: [SampledCall]) {
        for call in calls {
            let plain = call.segments.map { Self.isValue($0) ? "{}" : $0 }
            for place in plain.indices where plain[place] != "{}" {
                seen[Self.key(call.method, plain, place), default: []].insert(plain[place])
            }
        }
    }

    /// The path with its parameters in braces.
    func path(_ call: SampledCall) -> String {
        let plain = call.segments.map { Self.isValue($0) ? "{}" : $0 }
        var used: Set<String> = []
        var parts: [String] = []
        for place in plain.indices {
            let isOpen = (seen[Self.key(call.method, plain, place)]?.count ?? 0) >= Self.different
            guard plain[place] == "{}" || isOpen else {
                parts.append(plain[place])
                continue
            }
            let given = call.segments[place]
            let isNamed = given.hasPrefix("{") && given.hasSuffix("}") && given.count > 2
            let before = place > 0 && !plain[place - 1].hasPrefix("{") ? plain[place - 1] : ""
            let stem = isNamed ? PathText.parameter(String(given.dropFirst().dropLast())) : Self.name(after: before)
            var name = stem
            var number = 2
            while !used.insert(name).inserted {
                name = "\(stem)_\(number)"
                number += 1
            }
            parts.append("{\(name)}")
        }
        return "/" + parts.joined(separator: "/")
    }

    private static func key(_ method: String, _ segments: [String], _ place: Int) -> String {
        var segments = segments
        segments[place] = "*"
        return method + " " + segments.joined(separator: "/")
    }

    /// Whether a part of a path is somebody's number or name for a thing and not a word of the interface.
    private static func isValue(_ segment: String) -> Bool {
        if segment.hasPrefix("{"), segment.hasSuffix("}") { return true }
        guard let text = PercentEncoding.decode(segment.utf8) else { return true }
        if text.hasPrefix("v"), text.dropFirst().allSatisfy({ $0.isNumber || $0 == "." }) { return false }
        let digits = text.utf8.count { $0 &- UInt8(ascii: "0") < 10 }
        if digits == text.utf8.count, digits > 0 { return true }
        if text.contains("@") || SecretCleaning.isSuspect(text) { return true }
        let isHex = text.utf8.allSatisfy {
            ($0 &- UInt8(ascii: "0") < 10) || (($0 | 0x20) &- UInt8(ascii: "a") < 6) || $0 == UInt8(ascii: "-")
        }
        if isHex, text.utf8.count >= 8, digits > 0 { return true }
        return text.utf8.count >= 12 && digits >= 3 && !text.contains(".") && !text.contains(" ")
    }

    /// `user_id` after `users`.
    private static func name(after segment: String) -> String {
        let words = OperationNames.dashed(segment).replacing("-", with: "_")
        guard !words.isEmpty, words.first?.isLetter == true else { return "id" }
        let single = words.hasSuffix("s") && !words.hasSuffix("ss") ? String(words.dropLast()) : words
        return single + "_id"
    }
}
