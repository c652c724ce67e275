import Contracts

@testable import Pact

/// A pact of version 3 or 4 with one interaction over HTTP.
func pact(request: JSONValue = ["method": "GET", "path": "/"], response: JSONValue, version: String = "3.0.0") throws
    -> PactFile
{
    try PactFileReader.read([
        "consumer": ["name": "app"], "provider": ["name": "rents"],
        "interactions": [["description": "it", "request": request, "response": response]],
        "metadata": ["pactSpecification": ["version": .string(version)]],
    ])
}

/// What a JSON content that came differs in from an example with rules, as an answer.
func differences(
    _ example: JSONValue, _ actual: JSONValue, rules: JSONValue = [:], isStrict: Bool = false
) throws -> [String] {
    let part: JSONValue = ["body": example, "matchingRules": ["body": rules]]
    let place = PactPlace(part)
    let reader = PactPartReader(version: .v3)
    let expected = try reader.response(place).content
    let came = PactContent(body: .present(actual.encoded(), .json))
    return expected.mismatches(with: came, isStrict: isStrict).map(\.description)
}

/// The rules of a path, all of which must hold.
func all(_ matchers: JSONValue...) -> JSONValue {
    ["combine": "AND", "matchers": .array(matchers)]
}
