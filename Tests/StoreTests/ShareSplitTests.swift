import TestSupport
import Testing

@testable import Store

@Suite("Division of a limit")
struct ShareSplitTests {
    private func parts(_ wanted: [Int], of total: Int) -> [Int] {
        let claims = wanted.enumerated().map { ShareSplit.Claim(node: "n\($0)", wanted: $1, served: nil) }
        let split = ShareSplit(claims, total: total)
        return wanted.indices.map { split.parts["n\($0)"] ?? -1 }
    }

    @Test("small wishes are met in full, the rest is split evenly")
    func fairness() {
        #expect(parts([3, 7], of: 10) == [3, 7])
        #expect(parts([2, 10, 10], of: 12) == [2, 5, 5])
        #expect(parts([9, 9, 9], of: 9) == [3, 3, 3])
        #expect(parts([0, 9], of: 9) == [0, 9])
        #expect(parts([5], of: 3) == [3])
        #expect(parts([3, 4], of: 10) == [5, 5], "what nobody wants is split evenly")
        #expect(parts([0, 0, 4], of: 13) == [3, 3, 7])
        #expect(parts([5, 5], of: 0) == [0, 0])
        #expect(parts([-3, 5], of: -1) == [0, 0])
        #expect(parts([], of: 7) == [])
    }

    @Test("what does not divide goes to who was longest without")
    func turns() {
        let split = ShareSplit(
            [
                ShareSplit.Claim(node: "a", wanted: 9, served: .at(2)),
                ShareSplit.Claim(node: "b", wanted: 9, served: nil),
                ShareSplit.Claim(node: "c", wanted: 9, served: .at(1)),
            ], total: 5)
        #expect(split.parts == ["a": 1, "b": 2, "c": 2])
        #expect(split.served == ["b", "c"])
    }

    @Test("all that there is is given out, and nobody has less than they want while another has more")
    func wholeness() {
        var random = SeededRandom(seed: 3)
        for _ in 0..<500 {
            let wanted = (0..<Int.random(in: 1...6, using: &random)).map { _ in Int.random(in: 0...9, using: &random) }
            let total = Int.random(in: 0...30, using: &random)
            let given = parts(wanted, of: total)
            #expect(given.reduce(0, +) == total)
            let isShort = zip(given, wanted).contains { $0 < $1 }
            #expect(!isShort || zip(given, wanted).allSatisfy { $0 <= $1 })
        }
    }
}
