import Pact

extension PactFile {
    /// Reads a file; `-` is standard input. Throws `Failure` with the place that is wrong.
    static func read(path: String) throws -> PactFile {
        let bytes = try Files.read(path, limit: 64 << 20)
        do {
            return try PactFileReader.read(bytes)
        } catch let error {
            throw Failure(.findings, "\(path) is no usable pact", evidence: ["\(error)"])
        }
    }
}
