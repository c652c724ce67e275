import Contracts
import NIOCore
import Store
import Wire

/// Tenth stage: the provider's payload becomes the project's model, and only harmless fields of the answer's head go on.
///
/// A vendor's SDK expects its vendor's payload, so the pass-through keeps it.
struct MapAnswer {
    /// Whether this call's answer is mapped, and so must be gathered whole.
    static func applies(_ context: CallContext) -> Bool {
        !context.request.isPassThrough && context.operation?.model != nil
    }

    /// The answer's head as the caller gets it.
    static func head(_ head: ResponseHead, requestID: String) -> ResponseHead {
        var head = head
        head.fields.keepHarmless()
        protect(&head.fields)
        head.fields.append(.requestID, requestID)
        return head
    }

    /// The gathered answer as the project's model.
    func run(_ context: CallContext) throws(Problem) -> (head: ResponseHead, body: ByteBuffer)? {
        guard let (head, body) = context.response else { return nil }
        guard Self.applies(context), let model = context.operation?.model, body.readableBytes > 0 else {
            return (head, body)
        }
        do {
            let mapped = try model.map(context.json ?? JSONValue.parse(Array(body.readableBytesView)))
            context.json = mapped
            var head = head
            head.fields.set(.contentType, "application/json")
            head.fields.remove(.contentEncoding)
            let body = ByteBuffer(bytes: mapped.encoded())
            head.length = .exactly(body.readableBytes)
            return (head, body)
        } catch {
            throw context.problem(
                "model_failed", .footing, 502, "Answer could not be mapped",
                "We could not read the answer of \(context.providerTitle).",
                advice: "Mend the operation's model mapping.",
                log: (error as? ModelMappingError)?.summary ?? "\(error)")
        }
    }

    /// A provider's page must never run script in the app's origin.
    static func protect(_ fields: inout FieldList) {
        fields.append(.contentTypeOptions, "nosniff")
        fields.append(.contentSecurityPolicy, "sandbox; default-src 'none'")
    }
}
