package import Contracts

/// What must be the case at the provider before an interaction.
package struct PactState: Sendable, Hashable {
    package let name: String
    package let parameters: JSONObject

    package init(name: String, parameters: JSONObject = [:]) {
        self.name = name
        self.parameters = parameters
    }
}
