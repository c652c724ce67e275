import NIOCore
import Wire

/// No answer brings a secret to its caller, whoever put it there: a provider that quotes what it was sent is enough.
extension CallWalk {
    /// The head as the caller may see it; from here on the answer's content is watched.
    func guarded(_ head: ResponseHead) -> ResponseHead {
        var head = head
        answer.leaks = AnswerGuard(state.secrets.scrubber(at: moment))
        answer.leaks?.pass(&head.fields)
        return head
    }

    /// What the caller may see of the next piece.
    func guarded(_ piece: ByteBuffer, isLast: Bool) -> ByteBuffer {
        answer.leaks?.pass(piece, isLast: isLast) ?? piece
    }

    /// Tells the ledger once, at the answer's end, what was found.
    func tellLeaks() {
        guard let found = answer.leaks?.found, !found.isEmpty else { return }
        answer.leaks = nil
        context.notes.append("the answer held the secret \(found.sorted().joined(separator: ", ")), which was masked")
    }
}
