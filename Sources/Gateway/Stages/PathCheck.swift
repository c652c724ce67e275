/// Whether a percent-encoded path may be sent on: no dot segments, no encoded slashes, no control bytes.
enum PathCheck {
    static func isSafe(_ path: String) -> Bool {
        guard path.hasPrefix("/"),
            path.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") && $0 != UInt8(ascii: "#") })
        else { return false }
        let lowered = path.lowercased()
        guard !lowered.contains("%2f"), !lowered.contains("%5c"), !lowered.contains("%00") else { return false }
        return lowered.split(separator: "/").allSatisfy { segment in
            let dots = segment.split(separator: "%2e", omittingEmptySubsequences: false).joined(separator: ".")
            return dots != "." && dots != ".."
        }
    }
}
