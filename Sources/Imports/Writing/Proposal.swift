import Contracts

/// A contract that was inferred and waits for a person: `contracts/proposed/PROVIDER.OPERATION.SIDE.json`.
enum Proposal {
    /// `side` is `request` or `answer`.
    static func path(_ provider: String, _ operation: String, _ side: String) -> String {
        "contracts/proposed/\(provider).\(operation).\(side).json"
    }

    /// The schema with a word about where it comes from.
    static func marked(_ schema: JSONValue, samples: Int, from source: String) -> JSONValue {
        let comment =
            "Proposed from \(samples) \(samples == 1 ? "sample" : "samples") of \(source); not in force until accepted."
        var result: JSONObject = ["$comment": .string(comment)]
        for (keyword, value) in schema.objectValue ?? [:] { result[keyword] = value }
        return .object(result)
    }
}
