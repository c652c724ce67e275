import Access
import NIOCore
import Wire

/// Keeps secrets out of one answer on its way to the caller: each byte of one becomes `*`, so that lengths stay true.
///
/// Of a streamed answer only what may be the beginning of a secret waits for what follows.
struct AnswerGuard {
    private static let mask = UInt8(ascii: "*")

    private let scrubber: SecretScrubber
    private var held = ByteBuffer()
    /// Names of the secrets found so far.
    private(set) var found: Set<String> = []

    init(_ scrubber: SecretScrubber) {
        self.scrubber = scrubber
    }

    /// What may go on of the answer's next piece.
    mutating func pass(_ piece: ByteBuffer, isLast: Bool) -> ByteBuffer {
        var text = piece
        if held.readableBytes > 0 {
            text = held
            text.writeImmutableBuffer(piece)
            held = ByteBuffer()
        }
        guard let finding = text.withUnsafeReadableBytes({ scrubber.inspect($0, isWhole: isLast) }) else { return text }
        if !finding.ranges.isEmpty {
            found.formUnion(finding.secrets)
            for range in finding.ranges {
                text.setRepeatingByte(Self.mask, count: range.count, at: text.readerIndex + range.lowerBound)
            }
        }
        let open = text.readableBytes - finding.open
        guard open > 0 else { return text }
        var rest = text
        rest.moveReaderIndex(forwardBy: finding.open)
        // A copy: a view would keep the whole piece alive.
        held = ByteBuffer(bytes: rest.readableBytesView)
        text.moveWriterIndex(to: text.writerIndex - open)
        return text
    }

    /// The fields with what stands in them of a secret masked.
    mutating func pass(_ fields: inout FieldList) {
        guard let finding = fields.withBytes({ scrubber.inspect($0, isWhole: true) }) else { return }
        found.formUnion(finding.secrets)
        for range in finding.ranges { fields.overwriteValues(in: range, with: Self.mask) }
    }
}
