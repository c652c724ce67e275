/// The stages of a call, in their order.
enum CallStage: Int, CaseIterable, Sendable {
    case recognise, authorise, admit, checkRequest, ask, remember, sign, send, checkAnswer, map

    var name: String {
        switch self {
        case .checkRequest: "check request"
        case .checkAnswer: "check answer"
        default: "\(self)"
        }
    }
}

/// How long each stage took, in microseconds; a plain value, so that measuring allocates nothing.
struct StageTimes: Sendable {
    private typealias Four = SIMD4<UInt32>
    private var microseconds = (Four(), Four(), Four())
    private var reached: UInt16 = 0

    mutating func add(_ nanoseconds: Int64, to stage: CallStage) {
        let added = UInt32(clamping: max(nanoseconds, 0) / 1000)
        withUnsafeMutableBytes(of: &microseconds) { bytes in
            let all = bytes.assumingMemoryBound(to: UInt32.self)
            all[stage.rawValue] &+= added
        }
        reached |= 1 << UInt16(stage.rawValue)
    }

    /// The stages that were reached, in milliseconds.
    var all: [(name: String, milliseconds: Double)] {
        withUnsafeBytes(of: microseconds) { bytes in
            let all = bytes.assumingMemoryBound(to: UInt32.self)
            return CallStage.allCases.filter { reached >> UInt16($0.rawValue) & 1 == 1 }
                .map { ($0.name, Double(all[$0.rawValue]) / 1000) }
        }
    }
}
