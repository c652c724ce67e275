package import Contracts

/// Acts as the provider of a pact: finds the answer to each request and remembers what was asked.
///
/// A value without I/O; whoever listens hands it the requests.
package struct PactMock: Sendable {
    /// What came of a request.
    package enum Outcome: Sendable {
        case answer(PactResponse)
        /// Nothing in the pact fits; the nearest interaction and how the request differs from it.
        case refusal(Miss)
    }

    /// A request that nothing in the pact fits.
    package struct Miss: Sendable {
        package let method: String
        package let path: String
        /// Nil where the pact has no interaction over HTTP.
        package let nearest: String?
        package let mismatches: [PactMismatch]
    }

    /// An interaction over HTTP and how often it was asked for.
    private struct Scene: Sendable {
        let name: String
        let request: PactRequest
        let response: PactResponse
        var count = 0
    }

    /// Misses that are kept; all are counted.
    private static let keptMisses = 100

    private let parties: String
    private var scenes: [Scene] = []
    /// Interactions that are not over HTTP.
    private let others: [String]
    package private(set) var misses: [Miss] = []
    package private(set) var missCount = 0

    package init(_ file: PactFile) {
        parties = file.parties
        others = file.named.filter { !$0.interaction.isHTTP }.map(\.name)
        scenes = file.named.compactMap { name, interaction in
            guard case .http(let request, let response) = interaction.kind else { return nil }
            return Scene(name: name, request: request, response: response)
        }
    }

    package var interactionCount: Int { scenes.count }

    /// The answer to a request. Of several interactions that fit, one that was not asked for yet.
    package mutating func answer(_ request: PactRequest, _ ground: inout PactGround) -> Outcome {
        var fitting: Int?
        var nearest: (index: Int, distance: Int, mismatches: [PactMismatch])?
        for (index, scene) in scenes.enumerated() {
            let mismatches = scene.request.mismatches(with: request)
            if mismatches.isEmpty {
                if fitting == nil || scene.count == 0 { fitting = index }
                if scene.count == 0 { break }
                continue
            }
            let isNear = !mismatches.contains { $0.part == .method || $0.part == .path }
            let distance = mismatches.count + (isNear ? 0 : 1000)
            if distance < nearest?.distance ?? Int.max { nearest = (index, distance, mismatches) }
        }
        if let fitting {
            scenes[fitting].count += 1
            return .answer(scenes[fitting].response.generated(&ground))
        }
        let miss = Miss(
            method: request.method, path: request.path, nearest: nearest.map { scenes[$0.index].name },
            mismatches: nearest?.mismatches ?? [])
        missCount += 1
        if misses.count < Self.keptMisses { misses.append(miss) }
        return .refusal(miss)
    }

    /// What was asked for and what was not: an interaction nobody asked for and a request nothing fits are failures.
    package var cases: [ProofCase] {
        let met = scenes.map { scene in
            ProofCase(
                subject: parties, kind: "interaction", name: scene.name,
                faults: scene.count > 0 ? [] : ["nobody asked for it"])
        }
        let left = others.map {
            ProofCase(
                subject: parties, kind: "interaction", name: $0, verdict: .skipped, words: PactReplay.notOverHTTP)
        }
        let refused = misses.enumerated().map { index, miss in
            ProofCase(
                subject: parties, kind: "unexpected request", name: "\(index + 1): \(miss.method) \(miss.path)",
                faults: miss.faults)
        }
        return met + left + refused
    }
}

extension PactMock.Miss {
    /// The differences in words, first from what.
    package var faults: [String] {
        guard let nearest else { return ["the pact has no interaction over HTTP"] }
        return ["nearest is \(Shown.text(nearest))"] + mismatches.map(\.description)
    }

    /// What the caller gets.
    package var json: JSONValue {
        [
            "error": "no interaction of the pact fits this request", "nearest": JSONValue(nearest),
            "differences": JSONValue(mismatches.map(\.description)),
        ]
    }
}
