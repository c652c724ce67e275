import Contracts
import Inventory
import NIOCore
import Store
import Wire

/// Ninth stage: an error becomes words of the inventory's error map, and an answer is checked against the contract.
struct CheckAnswer {
    /// Contracts are checked up to here. What is larger is refused where drift fails a call, and goes on unchecked, with a note in the
    /// ledger, where drift is only recorded.
    static let contractLimit = 10 << 20
    /// Errors are read up to here.
    static let errorLimit = 1 << 20

    /// The project's own language, in which the error map is written.
    let language: String

    /// Whether the contract speaks of an answer with this head.
    static func applies(_ head: ResponseHead, _ context: CallContext) -> Bool {
        context.operation?.contract(of: head.status) != nil && context.wire.method != "HEAD"
            && head.status != 204 && head.status != 304 && !isEventStream(head)
    }

    static func isEventStream(_ head: ResponseHead) -> Bool {
        head.fields.withValue(of: .contentType) { FieldList.hasPrefix($0, "text/event-stream") } ?? false
    }

    /// The gathered answer; failures become problems.
    ///
    /// An answer with which the provider refused the request is compared only where a contract speaks of its status, and
    /// never fails a call that has failed already.
    func run(_ context: CallContext, _ scratch: ContractScratch, at moment: Moment) throws(Problem) {
        guard let (head, body) = context.response else { return }
        Self.noteUndocumented(head, context)
        let isRefusal = head.status >= 400
        if let schema = context.operation?.contract(of: head.status), Self.applies(head, context),
            !isRefusal || JSONMediaType.covers(head.fields[.contentType] ?? "")
        {
            do throws(Problem) {
                try check(body, schema, context, scratch)
            } catch  where isRefusal {
                context.notes.append("the refusal breaks its contract")
            }
        }
        if isRefusal {
            let isAsked = context.operation?.errors.needsBody(status: head.status) ?? false
            if isAsked, JSONMediaType.covers(head.fields[.contentType] ?? ""), context.json == nil {
                context.json = try? JSONValue.parse(Array(body.readableBytesView))
            }
            throw failure(head, context, at: moment)
        }
        if let first = context.drift.first(where: { $0.kind == .status || $0.kind == .endpoint }),
            context.driftPolicy.action(for: first) == .fail
        {
            throw drifted(context, "expected \(first.expected), seen \(first.seen)")
        }
        noteUndeclared(context)
    }

    /// Members that were sent and accepted although the contract does not name them.
    private func noteUndeclared(_ context: CallContext) {
        guard context.sentUndeclared, context.driftPolicy.minds, let schema = context.operation?.body,
            let document = try? JSONDocument.parse(Array(context.wire.body.readableBytesView))
        else { return }
        let found = Drift.findings(schema: schema, document: document).map(\.ofRequest)
        context.drift += found.filter { $0.kind == .unknownField && context.driftPolicy.action(for: $0) != .ignore }
    }

    private func check(
        _ body: ByteBuffer, _ schema: Schema, _ context: CallContext, _ scratch: ContractScratch
    ) throws(Problem) {
        let policy = context.driftPolicy
        let verdict = scratch.verdict(body, schema)
        if verdict == .valid || (verdict == .undeclared && !policy.minds) { return }
        do {
            context.json = try JSONValue.parse(Array(body.readableBytesView))
        } catch {
            let finding = DriftFinding.notJSON
            if policy.action(for: finding) != .ignore { context.drift.append(finding) }
            throw drifted(
                context, "the answer is not JSON: \(error.message), line \(error.line), column \(error.column)")
        }
        var found = Drift.findings(schema: schema, document: JSONDocument(context.json ?? .null))
        if let status = context.response?.head.status, let listed = context.operation?.listed(status) {
            found = found.map { $0.ofAnswer(with: listed.status) }
        }
        context.drift += found.filter { policy.action(for: $0) != .ignore }
        if let first = found.first(where: { policy.action(for: $0) == .fail }) {
            throw drifted(context, "\(first.pointer): expected \(first.expected), seen \(first.seen)")
        }
        // Nothing that was refused goes on unexplained.
        if !verdict.isValid, found.isEmpty { throw drifted(context, "the answer breaks its contract") }
    }

    /// A status that was not agreed, and a call to something that the inventory does not name.
    static func noteUndocumented(_ head: ResponseHead, _ context: CallContext) {
        let finding: DriftFinding
        if let operation = context.operation {
            guard let declared = operation.isUndocumented(head.status) else { return }
            finding = .undocumented(status: head.status, declared: declared)
        } else {
            guard head.status < 400 else { return }
            finding = .undocumented(method: context.wire.method, path: context.wire.path)
        }
        if context.driftPolicy.action(for: finding) != .ignore { context.drift.append(finding) }
    }

    static func tooLarge(_ context: CallContext) -> Problem {
        context.problem(
            "provider_answer_broken", .provider, 502, "Provider's answer cannot be used",
            "\(context.providerTitle) sent an answer that cannot be used.",
            advice:
                "The answer is larger than \(contractLimit >> 20) MB, too large to be checked; where that is expected, let "
                + "drift of this operation only be recorded.")
    }

    private func drifted(_ context: CallContext, _ log: String) -> Problem {
        context.problem(
            "contract_broken", .provider, 502, "Provider's answer breaks the contract",
            "\(context.providerTitle) sent something unexpected, so we did not use it.",
            advice:
                "Compare the drift finding with the provider's changelog; accept it into the contract or talk to the provider.",
            log: log)
    }

    /// The provider's own words go to the log alone.
    private func failure(_ head: ResponseHead, _ context: CallContext, at moment: Moment) -> Problem {
        let retryAfter = ProviderWords(head.fields, status: head.status, at: moment).wait
        if let rule = context.operation?.errors.rule(status: head.status, body: context.json) {
            return context.problem(
                rule.problemCode, rule.isCaller ? .caller : .provider,
                rule.isCaller ? Self.callerStatus(head.status) : Self.gatewayStatus(head.status),
                "\(context.providerTitle) refused", rule.text(for: context.request.language, written: language),
                retryable: !rule.isCaller && Self.isPassing(head.status), after: retryAfter,
                log: "status \(head.status)")
        }
        let title = context.providerTitle
        switch head.status {
        case 401, 403:
            return context.problem(
                "provider_refused_key", .footing, 502, "Provider refused our key", "\(title) is not set up correctly.",
                advice:
                    "Check the secret \(context.route?.provider.auth.secret?.rawValue ?? "of this provider") and its rights at the provider.",
                log: "status \(head.status)")
        case 429:
            return context.problem(
                "rate_limited", .provider, 429, "Provider's limit is reached",
                "\(title) is busy. It can be asked again soon.",
                retryable: true, after: retryAfter ?? .seconds(1), log: "status 429")
        case 500...599:
            return context.problem(
                "provider_failed", .provider, Self.gatewayStatus(head.status), "Provider failed",
                "\(title) has a problem at the moment.",
                retryable: true, after: retryAfter, log: "status \(head.status)")
        default:
            return context.problem(
                "provider_rejected", .provider, 502, "Provider rejected the request",
                "\(title) did not accept this request.",
                advice: "Give this case words in the provider's error map.", log: "status \(head.status)")
        }
    }

    private static func callerStatus(_ status: Int) -> Int {
        (400..<500).contains(status) && status != 401 && status != 407 ? status : 422
    }

    private static func gatewayStatus(_ status: Int) -> Int {
        status == 429 || status == 503 || status == 504 ? status : 502
    }

    private static func isPassing(_ status: Int) -> Bool {
        status == 429 || status >= 500
    }
}
