/// Whether a text is a version by semver.org 2.0.0.
enum SemanticVersion {
    static func isValid(_ text: String) -> Bool {
        let build = text.split(separator: "+", maxSplits: 1, omittingEmptySubsequences: false)
        if build.count == 2, !identifiers(build[1]).allSatisfy(isWord) { return false }
        let core = build[0].split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        if core.count == 2, !identifiers(core[1]).allSatisfy({ isWord($0) && (!isDigits($0) || isNumber($0)) }) {
            return false
        }
        let numbers = identifiers(core[0])
        return numbers.count == 3 && numbers.allSatisfy(isNumber)
    }

    private static func identifiers(_ text: Substring) -> [Substring] {
        text.split(separator: ".", omittingEmptySubsequences: false)
    }

    private static func isWord(_ text: Substring) -> Bool {
        !text.isEmpty && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
    }

    private static func isDigits(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
    }

    private static func isNumber(_ text: Substring) -> Bool {
        isDigits(text) && (text.count == 1 || text.first != "0")
    }
}
