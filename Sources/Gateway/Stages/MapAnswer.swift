import Contracts
import HTTPTypes
import NIOCore
import Store

/// Tenth stage: the provider's payload becomes the project's model, and only harmless fields of the answer's head go on.
///
/// A vendor's SDK expects its vendor's payload, so the pass-through keeps it.
struct MapAnswer {
    func run(_ context: inout CallContext) throws(Problem) {
        guard let response = context.response else { return }
        var headers = HTTPFields()
        for field in response.headers where Self.passed.contains(field.name.canonicalName) {
            headers.append(field)
        }
        guard !context.request.isPassThrough, let model = context.operation?.model, let json = context.json else {
            context.answer = CallAnswer(
                status: response.status, headers: headers, body: response.body, json: context.json)
            return
        }
        do {
            let mapped = try model.map(json)
            headers[.contentType] = "application/json"
            headers[.contentEncoding] = nil
            context.answer = CallAnswer(
                status: response.status, headers: headers, body: ByteBuffer(bytes: mapped.encoded()), json: mapped)
        } catch {
            throw context.problem(
                "model_failed", .footing, 502, "Answer could not be mapped",
                "We could not read the answer of \(context.providerTitle).",
                advice: "Mend the operation's model mapping.", log: "\(error)")
        }
    }

    private static let passed: Set<String> = [
        "content-type", "content-language", "content-disposition", "cache-control", "etag", "last-modified", "expires",
        "vary",
        "link", "location", "date",
    ]
}
