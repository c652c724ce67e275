package import Contracts

/// Replays a pact's interactions against a provider and judges the answers, one case for each.
///
/// Whoever replays offers how a provider state is set up, how a request is sent and how a message is asked for; an error
/// of theirs is the case's fault.
package struct PactReplay {
    /// Calls of the outside world.
    package struct Stage: Sendable {
        /// Sets up a state and returns what it tells; nil where there is no hook.
        package var setUp: (@Sendable (PactState) async throws -> JSONObject)?
        package var tearDown: (@Sendable (PactState) async throws -> Void)?
        package var send: @Sendable (PactRequest) async throws -> PactResponse
        /// Has the provider make the message of an interaction; nil where there is no way.
        package var message: (@Sendable (PactInteraction) async throws -> PactMessage)?
        /// Why a request must not be sent; nil for those that may.
        package var refusal: @Sendable (PactRequest) -> String? = { _ in nil }

        package init(send: @escaping @Sendable (PactRequest) async throws -> PactResponse) {
            self.send = send
        }
    }

    static let notOverHTTP = "it is a message, not a request over HTTP"

    private let file: PactFile
    private let stage: Stage
    private var ground: PactGround

    package init(_ file: PactFile, stage: Stage, ground: PactGround) {
        self.file = file
        self.stage = stage
        self.ground = ground
    }

    /// Runs every interaction in the file's order.
    ///
    /// - Parameter told: called with each case as it is there.
    package mutating func run(_ told: (ProofCase) -> Void = { _ in }) async -> [ProofCase] {
        var cases: [ProofCase] = []
        for (name, interaction) in file.named {
            let clock = ContinuousClock()
            let began = clock.now
            let outcome = await outcome(of: interaction)
            let item = Self.proofCase(
                file.parties, name, outcome, isPending: interaction.isPending, duration: clock.now - began)
            cases.append(item)
            told(item)
        }
        return cases
    }

    private enum Outcome {
        case judged([String])
        case unproven(String)
        case skipped(String)
    }

    private static func proofCase(
        _ subject: String, _ name: String, _ outcome: Outcome, isPending: Bool, duration: Duration
    ) -> ProofCase {
        func made(_ verdict: ProofVerdict, _ words: String, _ faults: [String] = []) -> ProofCase {
            ProofCase(
                subject: subject, kind: "interaction", name: name, verdict: verdict, words: words, faults: faults,
                duration: duration)
        }
        switch outcome {
        case .judged(let faults) where isPending && !faults.isEmpty:
            return made(.skipped, "it is pending, so that it fails nothing: \(faults[0])", faults)
        case .judged(let faults):
            return ProofCase(subject: subject, kind: "interaction", name: name, faults: faults, duration: duration)
        case .unproven(let words): return made(.unproven, words)
        case .skipped(let words): return made(.skipped, words)
        }
    }

    private mutating func outcome(of interaction: PactInteraction) async -> Outcome {
        if let left = leftOut(interaction) { return left }
        do {
            ground.stateValues = [:]
            for state in interaction.states {
                for (name, value) in try await stage.setUp?(state) ?? [:] { ground.stateValues[name] = value }
            }
            let outcome: Outcome
            do { outcome = try await judge(interaction) } catch { outcome = .judged(["\(error)"]) }
            if let tearDown = stage.tearDown {
                for state in interaction.states { try await tearDown(state) }
            }
            return outcome
        } catch {
            return .judged(["\(error)"])
        }
    }

    /// What is not tried, so that no state is set up for it either.
    private func leftOut(_ interaction: PactInteraction) -> Outcome? {
        switch interaction.kind {
        case .http(let request, _): stage.refusal(request).map { .skipped($0) }
        case .message: stage.message == nil ? .unproven(Self.notOverHTTP) : nil
        case .exchange: .unproven(Self.notOverHTTP)
        case .other(let kind): .unproven("interactions of the kind \(Shown.text(kind)) are a plug-in's")
        }
    }

    private mutating func judge(_ interaction: PactInteraction) async throws -> Outcome {
        switch interaction.kind {
        case .http(let request, let response):
            let answer = try await stage.send(request.generated(&ground))
            return .judged(response.mismatches(with: answer).map(\.description))
        case .message(let message):
            guard let came = try await stage.message?(interaction) else { return .unproven(Self.notOverHTTP) }
            return .judged(message.mismatches(with: came).map(\.description))
        case .exchange, .other:
            return .unproven(Self.notOverHTTP)
        }
    }
}
