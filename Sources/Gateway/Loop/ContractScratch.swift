import Contracts
import NIOCore

/// Room in which one event loop checks payloads against contracts, used again for each.
final class ContractScratch {
    private let scratch = JSONScratch()

    /// Whether the content meets the contract and holds nothing that the contract does not name; false says nothing yet.
    func accepts(_ content: ByteBuffer, _ schema: Schema) -> Bool {
        content.withUnsafeReadableBytes { schema.check($0, with: scratch) } == .valid
    }

    /// Whether the content meets the contract, whatever else it holds.
    func isValid(_ content: ByteBuffer, _ schema: Schema) -> Bool {
        content.withUnsafeReadableBytes { schema.check($0, with: scratch) }.isValid
    }
}
