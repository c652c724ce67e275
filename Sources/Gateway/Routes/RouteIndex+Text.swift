import Inventory

extension RouteIndex {
    /// What a request with this target leads to.
    ///
    /// - Parameter path: the path's bytes in the target.
    package func match(method: String, target: String, path: Range<Int>) -> Outcome {
        target.withBytes { match(method: method, path: $0.extracting(path)) }
    }

    /// The methods that operations with this path have, for `Allow`; empty when there is none.
    package func methods(target: String, path: Range<Int>) -> [String] {
        target.withBytes { methods(at: $0.extracting(path)) }
    }

    /// The decoded values of the operation's path parameters by name.
    package func parameters(of operation: Int, target: String, path: Range<Int>) -> [String: String] {
        target.withBytes { parameters(of: operation, in: $0.extracting(path)) }
    }

    private func parameters(of operation: Int, in path: Span<UInt8>) -> [String: String] {
        var values: [String: String] = [:]
        eachParameter(of: operation, in: path) { name, range in
            var bytes: [UInt8] = []
            for index in range { bytes.append(path[index]) }
            values[name] = PercentEncoding.decode(bytes)
        }
        return values
    }
}
