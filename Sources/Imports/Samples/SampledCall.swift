import Contracts

/// One call that someone recorded or wrote down, without any value that could be a secret.
struct SampledCall {
    var method: String
    /// Scheme, host and port; nil where the document leaves them open.
    var server: String?
    /// Between the slashes of the path, percent-encoded; a parameter stands in braces.
    var segments: [String]
    var queryNames: [String] = []
    var request: JSONValue?
    /// The type of a request's content that is no JSON.
    var otherRequest: String?
    /// Nil where no answer is known.
    var status: Int?
    var answer: JSONValue?
    var title: String?
    var about: String?
    var place = JSONPointer()

    var isSuccess: Bool { status.map { (200..<300).contains($0) } ?? false }
}
