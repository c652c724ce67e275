package import Contracts

/// One call that someone recorded or wrote down.
///
/// Apart from `example`, which only documents made to be read have, nothing in it is ever written as it is: names and
/// shapes are.
package struct SampledCall {
    /// A call whose values may be shown.
    package struct Example {
        package var name: String
        /// For each segment of the path what stood there, decoded; nil where that is not known.
        package var segments: [String?]
        package var query: JSONObject

        package init(name: String, segments: [String?], query: JSONObject = [:]) {
            self.name = name
            self.segments = segments
            self.query = query
        }
    }

    /// What the document states about the call beyond what it shows.
    package struct Statement {
        package var query: JSONValue?
        package var request: JSONValue?
        package var answer: JSONValue?

        package init(query: JSONValue? = nil, request: JSONValue? = nil, answer: JSONValue? = nil) {
            self.query = query
            self.request = request
            self.answer = answer
        }
    }

    package var method: String
    /// Scheme, host and port; nil where the document leaves them open.
    package var server: String?
    /// Between the slashes of the path, percent-encoded; a parameter stands in braces, with its name or without.
    package var segments: [String]
    package var queryNames: [String] = []
    package var request: JSONValue?
    /// The type of a request's content that is no JSON.
    package var otherRequest: String?
    /// Nil where no answer is known.
    package var status: Int?
    package var answer: JSONValue?
    package var title: String?
    package var about: String?
    package var example: Example?
    /// Schemas that hold without a person's word, since the document's author wrote what they are made of.
    package var statement: Statement?
    package var place = JSONPointer()

    package init(method: String, server: String? = nil, segments: [String]) {
        self.method = method
        self.server = server
        self.segments = segments
    }

    package var isSuccess: Bool { status.map { (200..<300).contains($0) } ?? false }
    var isRefusal: Bool { status.map { (400...599).contains($0) } ?? false }
}
