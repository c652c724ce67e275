/// One thing consumer and provider agreed on.
package struct PactInteraction: Sendable {
    package enum Kind: Sendable {
        case http(PactRequest, PactResponse)
        /// One message.
        case message(PactMessage)
        /// A message and the messages that answer it.
        case exchange(PactMessage, [PactMessage])
        /// A kind that only a plug-in knows.
        case other(String)
    }

    package let description: String
    package let states: [PactState]
    /// Agreed, but not built yet: its failure fails nothing.
    package let isPending: Bool
    package let kind: Kind

    package init(description: String, states: [PactState] = [], isPending: Bool = false, kind: Kind) {
        self.description = description
        self.states = states
        self.isPending = isPending
        self.kind = kind
    }

    /// Description and states, which tell one interaction from another.
    package var name: String {
        let given = states.map(\.name).filter { !$0.isEmpty }
        return given.isEmpty ? description : "\(description), given \(given.joined(separator: " and "))"
    }

    /// What about its rules and generators is not understood.
    package var unknown: [PactError] {
        let contents: [PactContent] =
            switch kind {
            case .http(let request, let response): [request.content, response.content]
            case .message(let message): [message.content]
            case .exchange(let message, let answers): [message.content] + answers.map(\.content)
            case .other: []
            }
        return contents.flatMap { $0.rules.unknown + $0.generators.unknown }
    }
}
