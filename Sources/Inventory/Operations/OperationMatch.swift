/// An operation found by method and path, with the values its path parameters have.
public struct OperationMatch: Sendable {
    public let operation: Operation
    /// Percent-decoded values by parameter name.
    public let parameters: [String: String]

    public init(operation: Operation, parameters: [String: String]) {
        self.operation = operation
        self.parameters = parameters
    }
}
