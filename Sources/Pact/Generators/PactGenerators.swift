/// All generators of a request, an answer or a message.
package struct PactGenerators: Sendable {
    struct Entry: Sendable {
        let path: PactPath
        let generator: PactGenerator
    }

    var path: PactGenerator?
    var status: PactGenerator?
    var headers: [Entry] = []
    var query: [Entry] = []
    var body: [Entry] = []

    /// What about the generators is not understood, each with its place; there the example stands.
    package internal(set) var unknown: [PactError] = []

    package init() {}
}
