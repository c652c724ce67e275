package import Contracts

/// What generated values come from; tests give all of it.
package struct PactGround {
    package var random: any RandomNumberGenerator
    /// The present moment.
    package var milliseconds: Int64
    /// What provider states have told.
    package var stateValues: JSONObject
    /// The address of the server that acts as the provider.
    package var serverURL: String?

    package init(
        random: any RandomNumberGenerator = SystemRandomNumberGenerator(), milliseconds: Int64,
        stateValues: JSONObject = [:], serverURL: String? = nil
    ) {
        self.random = random
        self.milliseconds = milliseconds
        self.stateValues = stateValues
        self.serverURL = serverURL
    }
}
