package import Contracts
import Inventory
package import Store

/// Writes whose outcome is or was unknown, as the API shows them.
package enum WriteView {
    package static func object(_ write: IntentRecord) -> JSONValue {
        [
            "call": .string(write.callID), "provider": .string(write.provider), "operation": .string(write.operation),
            "risk": .string(write.risk.rawValue), "caller": .string(write.callerName),
            "begun": .string(write.begun.description), "state": .string(write.state.rawValue),
            "key": JSONValue(write.key), "provider_key": JSONValue(write.providerKey),
            "settled": JSONValue(write.settled?.description), "settled_by": JSONValue(write.settledBy),
        ]
    }
}
