package import Contracts

/// A message that a consumer understands; it has no fields, but metadata.
package struct PactMessage: Sendable {
    package var content: PactContent
    package var metadata: JSONObject

    package init(content: PactContent, metadata: JSONObject = [:]) {
        self.content = content
        self.metadata = metadata
    }
}
