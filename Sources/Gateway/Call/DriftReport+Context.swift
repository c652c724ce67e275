import Access
import Contracts
import NIOCore
import Store
import Wire

extension DriftReport {
    /// Larger payloads are not kept.
    private static let payloadLimit = 64 << 10

    init(_ context: CallContext, scrubber: SecretScrubber, at moment: Timestamp) {
        let policy = context.driftPolicy
        let findings = context.drift.map { ($0.scrubbed(scrubber.scrub), policy.action(for: $0)) }
        self.init(
            provider: context.providerName, operation: context.operationName, call: context.id, at: moment,
            findings: findings,
            payload: { side in
                let isAnswer = side == .answer
                guard let body = isAnswer ? context.response?.body : context.wire.body,
                    body.readableBytes <= Self.payloadLimit,
                    let json = try? JSONValue.parse(Array(body.readableBytesView))
                else { return nil }
                let text = context.redaction(isAnswer ? .answer : .request).redact(json).text
                return try? JSONValue.parse(scrubber.scrub(text))
            })
    }
}
