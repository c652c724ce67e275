package import Contracts
package import Inventory

extension JSONValue {
    /// The value of a YAML tree.
    package init(_ node: DataNode) {
        switch node.value {
        case .null: self = .null
        case .bool(let value): self = .bool(value)
        case .number(let json, _): self = JSONNumber(text: json).map { .number($0) } ?? .string(json)
        case .text(let text): self = .string(text)
        case .list(let items): self = .array(items.map { JSONValue($0) })
        case .map(let entries): self = .object(JSONObject(entries.map { ($0.key, JSONValue($0.node)) }))
        }
    }
}
