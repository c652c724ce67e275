package import Contracts

/// Reads Pact files.
package struct PactFileReader {
    /// Larger files are refused.
    package static let limits = JSONLimits(depth: 200, bytes: 64 << 20, duplicateKeys: .keepLast)
    private static let interactionLimit = 10_000

    private let version: PactVersion

    /// A file's bytes. The error names the line where it is no JSON, and the pointer where it is no pact.
    package static func read(_ bytes: [UInt8]) throws(PactError) -> PactFile {
        let json: JSONValue
        do throws(JSONError) {
            json = try JSONValue.parse(bytes, limits: limits)
        } catch {
            throw PactError("\(error.message), column \(error.column)", at: error.pointer, line: error.line)
        }
        return try read(json)
    }

    package static func read(_ json: JSONValue) throws(PactError) -> PactFile {
        let root = PactPlace(json)
        guard json.objectValue != nil else { throw root.error("a pact is an object, not \(json.typeName)") }
        let reader = PactFileReader(version: try version(of: root))
        var interactions: [PactInteraction] = []
        for place in try root.member("interactions")?.elements() ?? [] {
            interactions.append(try reader.interaction(place))
        }
        for place in try root.member("messages")?.elements() ?? [] {
            interactions.append(try reader.message(place))
        }
        guard interactions.count <= interactionLimit else {
            throw root.error("more than \(interactionLimit) interactions")
        }
        return PactFile(
            consumer: try root.member("consumer")?.text("name") ?? "consumer",
            provider: try root.member("provider")?.text("name") ?? "provider", version: reader.version,
            interactions: interactions)
    }

    private static func version(of root: PactPlace) throws(PactError) -> PactVersion {
        guard let metadata = root.member("metadata") else { return .v2 }
        let holder = metadata.member("pactSpecification") ?? metadata.member("pact-specification")
        let given = holder?.member("version") ?? metadata.member("pactSpecificationVersion")
        guard let given else { return .v2 }
        let text = given.value.plainText
        switch text.prefix(while: { $0 != "." }) {
        case "1", "2": return .v2
        case "3": return .v3
        case "4": return .v4
        default: throw given.error("version \(Shown.text(text)) of Pact is not known; 1 to 4 are")
        }
    }

    private func interaction(_ place: PactPlace) throws(PactError) -> PactInteraction {
        let type = version == .v4 ? try place.text("type") ?? "Synchronous/HTTP" : "Synchronous/HTTP"
        let parts = PactPartReader(version: version)
        switch type {
        case "Synchronous/HTTP":
            guard let request = place.member("request") else { throw place.error("an interaction without a request") }
            guard let response = place.member("response") else {
                throw place.error("an interaction without a response")
            }
            return try interaction(place, .http(try parts.request(request), try parts.response(response)))
        case "Asynchronous/Messages": return try message(place)
        case "Synchronous/Messages":
            guard let request = place.member("request") else { throw place.error("an interaction without a request") }
            var answers: [PactMessage] = []
            for answer in try place.member("response")?.elements() ?? [] { answers.append(try parts.message(answer)) }
            return try interaction(place, .exchange(try parts.message(request), answers))
        default: return try interaction(place, .other(type))
        }
    }

    private func message(_ place: PactPlace) throws(PactError) -> PactInteraction {
        try interaction(place, .message(try PactPartReader(version: version).message(place)))
    }

    private func interaction(_ place: PactPlace, _ kind: PactInteraction.Kind) throws(PactError) -> PactInteraction {
        guard let description = try place.text("description") else {
            throw place.error("an interaction without a description")
        }
        return PactInteraction(
            description: description, states: try states(place), isPending: place.member("pending")?.value == true,
            kind: kind)
    }

    private func states(_ place: PactPlace) throws(PactError) -> [PactState] {
        if let list = place.member("providerStates"), list.value.arrayValue != nil {
            var states: [PactState] = []
            for state in try list.elements() {
                if let name = state.value.stringValue {
                    states.append(PactState(name: name))
                } else {
                    guard let name = try state.text("name") else {
                        throw state.error("a provider state without a name")
                    }
                    states.append(PactState(name: name, parameters: state.member("params")?.value.objectValue ?? [:]))
                }
            }
            return states
        }
        for key in ["providerState", "provider_state"] {
            if let name = try place.text(key) { return [PactState(name: name)] }
        }
        return []
    }
}
