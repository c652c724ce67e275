/// What one check of a file came to.
package struct FileCheck: Sendable, Equatable {
    /// How many things were looked at.
    package let count: Int
    /// What is wrong, in words without anybody's data; empty if all is well.
    package let faults: [String]
    /// How many more faults there are than are told.
    package let untold: Int

    package init(count: Int, faults: [String], untold: Int = 0) {
        self.count = count
        self.faults = faults
        self.untold = untold
    }

    package var isGood: Bool { faults.isEmpty }
}

/// Gathers faults, of which the first few are told.
struct FaultList {
    static let most = 20

    private(set) var faults: [String] = []
    private(set) var untold = 0
    var count = 0

    mutating func add(_ fault: String) {
        if faults.count < Self.most { faults.append(fault) } else { untold += 1 }
    }

    var check: FileCheck { FileCheck(count: count, faults: faults, untold: untold) }
}
