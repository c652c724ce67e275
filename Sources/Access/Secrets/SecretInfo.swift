package import Store

/// What may be shown of a secret: everything but its value.
package struct SecretInfo: Sendable, Equatable {
    package struct Version: Sendable, Equatable {
        package enum State: String, Sendable {
            /// What calls use.
            case current
            /// Kept so that it may still be told apart and scrubbed; calls do not use it.
            case previous
        }

        package let number: Int
        package let created: Timestamp
        package let state: State

        package init(number: Int, created: Timestamp, state: State) {
            self.number = number
            self.created = created
            self.state = state
        }
    }

    package let name: String
    /// Newest first.
    package let versions: [Version]
    /// 16 hex digits of a keyed hash of the current value: equal values have equal fingerprints on one installation.
    package let fingerprint: String

    package init(name: String, versions: [Version], fingerprint: String) {
        self.name = name
        self.versions = versions
        self.fingerprint = fingerprint
    }
}
