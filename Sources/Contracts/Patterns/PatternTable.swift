/// A compiled pattern with, where it is small enough, a table of states for ASCII text.
///
/// Safe to share: the table is written here and only read afterwards.
final class PatternTable: @unchecked Sendable {
    let program: PatternProgram
    private let classes: UnsafeMutablePointer<UInt8>
    private var rows: UnsafeMutablePointer<UInt16>?
    private var ends: UnsafeMutablePointer<Bool>?
    private var classCount = 1

    init(_ program: PatternProgram) {
        self.program = program
        classes = .allocate(capacity: 128)
        classes.initialize(repeating: 0, count: 128)
        var builder = PatternTableBuilder(program)
        guard builder.build() else { return }
        classes.update(from: builder.classes, count: 128)
        classCount = builder.classCount
        let rows = UnsafeMutablePointer<UInt16>.allocate(capacity: builder.rows.count)
        let ends = UnsafeMutablePointer<Bool>.allocate(capacity: builder.rows.count)
        for (index, state) in builder.rows.enumerated() {
            // States are few enough that rows begin within 16 bits.
            (rows + index).initialize(to: state &* UInt16(classCount))
            (ends + index).initialize(to: builder.ends[index / classCount])
        }
        (self.rows, self.ends) = (rows, ends)
    }

    deinit {
        classes.deallocate()
        rows?.deallocate()
        ends?.deallocate()
    }

    var machine: PatternMachine {
        PatternMachine(
            classes: classes, rows: rows, ends: ends, classCount: classCount,
            table: UnsafeRawPointer(Unmanaged.passUnretained(self).toOpaque()))
    }
}
