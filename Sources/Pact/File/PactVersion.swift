/// The form of a Pact file. Files of version 1 are read as those of version 2, which only adds to it.
package enum PactVersion: Sendable {
    case v2, v3, v4

    /// `3`.
    var text: String {
        switch self {
        case .v2: "2"
        case .v3: "3"
        case .v4: "4"
        }
    }
}
