package import Inventory

/// How long ending takes.
package struct DrainRules: Sendable, Equatable {
    /// How long requests are still taken after it was said that the server ends, so that load balancers notice.
    package var announce: Duration
    /// When it is over in any case, counted from the first signal.
    package var deadline: Duration

    package init(announce: Duration, deadline: Duration = .seconds(30)) {
        self.announce = announce
        self.deadline = deadline
    }

    /// What the project says, and what suits its environment where it says nothing.
    package init(_ times: DrainTimes, _ environment: EnvironmentName) {
        self = .standard(environment)
        if let deadline = times.deadline { self.deadline = deadline }
        announce = times.announce ?? min(announce, deadline / 2)
    }

    /// Nobody stands in front of a server in development, so it ends at once.
    package static func standard(_ environment: EnvironmentName) -> DrainRules {
        DrainRules(announce: environment == .production ? .seconds(5) : .zero)
    }
}
