import Contracts
import NIOCore

/// Room in which one event loop checks payloads against contracts, used again for each.
final class ContractScratch {
    private let scratch = JSONScratch()
    private var text = TextObject()

    func verdict(_ content: ByteBuffer, _ schema: Schema) -> SchemaVerdict {
        content.withUnsafeReadableBytes { schema.check($0, with: scratch) }
    }

    /// Whether the path's parameters meet their contract; false says nothing yet.
    func isValid(path context: CallContext, _ operation: OperationRoute, _ contract: TextContract) -> Bool {
        guard let index = context.route?.index else { return false }
        text.begin()
        let isSure = context.wire.target.withBytes { target in
            let path = target.extracting(context.wire.pathRange)
            var isSure = true
            index.eachParameter(of: operation.place, in: path) { name, range in
                let value = path.extracting(range)
                isSure = isSure && name.withBytes { text.add(name: $0, value: value, isForm: false, contract) }
            }
            return isSure
        }
        return isSure && isValidText(contract)
    }

    /// Whether the query in a target meets its contract; false says nothing yet.
    func isValid(query target: String, _ pathLength: Int, _ contract: TextContract) -> Bool {
        text.begin()
        let isSure = target.withBytes { target in
            var start = pathLength + 1
            while start < target.count {
                var end = start
                var equals: Int?
                while end < target.count, target[end] != UInt8(ascii: "&") {
                    if equals == nil, target[end] == UInt8(ascii: "=") { equals = end }
                    end += 1
                }
                defer { start = end + 1 }
                guard end > start else { continue }
                let name = target.extracting(start..<(equals ?? end))
                let value = target.extracting((equals.map { $0 + 1 } ?? end)..<end)
                guard text.add(name: name, value: value, isForm: true, contract) else { return false }
            }
            return true
        }
        return isSure && isValidText(contract)
    }

    private func isValidText(_ contract: TextContract) -> Bool {
        text.end()
        return text.bytes.withUnsafeBytes { contract.schema.check($0, with: scratch) }.isValid
    }
}
