import NIOCore
import Store
import Wire

/// Faults that a team injects to see its own app under failure.
extension CallWalk {
    /// Plays the fault in place of asking the provider.
    func play(_ fault: Fault, _ attempt: CallAttempt, _ goOn: @escaping () -> Void) {
        context.fault = fault
        context.notes.append("fault \(fault.id) played: \(fault.words)")
        sending?.timer = ground.timers.schedule(max(fault.delay, .nanoseconds(1)), on: loop) { [self] in
            sending?.timer = nil
            guard !isOver else { return }
            let closed = ClientError(.closed, wasSent: true, detail: "fault \(fault.id)")
            switch fault.effect {
            case .goOn:
                goOn()
            case .answer(let head, let body):
                attempt.providerAnswered(head)
                if body.readableBytes > 0 { attempt.providerSent(body) }
                attempt.providerFinished(trailers: nil)
            case .cut(let head, let body):
                attempt.providerAnswered(head)
                attempt.providerSent(body)
                attempt.providerFailed(closed)
            case .close:
                attempt.providerFailed(closed)
            }
        }
    }
}
