package import Contracts
package import Store

/// Faults and kill switches as the API shows them.
package enum ControlView {
    package static func fault(_ fault: FaultRule) -> JSONValue {
        [
            "id": .string(fault.id), "provider": .string(fault.provider), "operation": JSONValue(fault.operation),
            "kind": .string(fault.kind.word), "status": fault.kind.status.map { JSONValue($0) } ?? .null,
            "rate": JSONValue(fault.rate), "delay_ms": JSONValue(Int(fault.delay.wholeMilliseconds)),
            "by": .string(fault.by), "at": .string(fault.at.description),
            "expires": JSONValue(fault.expires?.description),
        ]
    }

    /// Null where the provider is on.
    package static func off(_ entry: ProviderSwitch?) -> JSONValue {
        guard let entry else { return .null }
        return ["reason": .string(entry.reason), "by": .string(entry.by), "at": .string(entry.at.description)]
    }
}
