/// What people have set by hand, as one value; a higher version is a later one.
package struct ControlState: Sendable, Hashable {
    package let version: Int
    package let switches: [ProviderSwitch]
    /// Expired ones included: whoever plays them looks at the clock.
    package let faults: [FaultRule]

    package init(version: Int = 0, switches: [ProviderSwitch] = [], faults: [FaultRule] = []) {
        self.version = version
        self.switches = switches
        self.faults = faults
    }
}
