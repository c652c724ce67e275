/// A Pact file: what a consumer needs of a provider.
///
/// Versions 2, 3 and 4 of the specification are read (github.com/pact-foundation/pact-specification), and version 1 as
/// what it is, version 2 without rules.
package struct PactFile: Sendable {
    package let consumer: String
    package let provider: String
    package let version: PactVersion
    package let interactions: [PactInteraction]

    package init(consumer: String, provider: String, version: PactVersion, interactions: [PactInteraction]) {
        self.consumer = consumer
        self.provider = provider
        self.version = version
        self.interactions = interactions
    }
}
