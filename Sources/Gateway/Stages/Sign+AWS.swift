import Access
import Inventory
import NIOCore
import Store
import Wire

/// AWS services want every request signed; the caller's own signature, made with a Footing token in place of a key, is taken out.
extension Sign {
    func signAWS(_ context: CallContext, _ aws: AWSAuth, endpoint: Endpoint, at moment: Moment) throws(Problem) {
        let payload = try payload(context)
        dropCallersSignature(context)
        let keys = SigV4.Keys(
            accessKey: try value(aws.accessKey, context, moment), secretKey: try value(aws.secretKey, context, moment),
            sessionToken: try aws.sessionToken.map { name throws(Problem) in try value(name, context, moment) })
        var fields: [(name: String, value: String)] = []
        context.wire.fields.forEach { fields.append(($0, $1)) }
        let wire = context.wire
        let signed = try secrets.sign(aws, keys) { signer throws(Problem) in
            guard payload != .unsigned || signer.mayLeaveBodyUnsigned else { throw Self.tooLarge(context) }
            return signer.sign(
                method: wire.method, host: endpoint.authority, path: endpoint.url.basePath + wire.path,
                query: wire.query, fields: fields, payload: payload, at: moment.wall)
        }
        for (name, value) in signed {
            if let name = FieldName(name) { context.wire.fields.set(name, value) }
        }
    }

    private static func tooLarge(_ context: CallContext) -> Problem {
        context.problem(
            "input_too_large", .caller, 413, "Content is too large", "That is more than can be taken at once.",
            advice: "This service wants the digest of the content, so it must fit into memory.")
    }

    /// What the body's digest is: the caller's word where the body streams, its real digest where it is at hand.
    private func payload(_ context: CallContext) throws(Problem) -> SigV4Payload {
        let isAtHand = context.wire.length.known == context.wire.body.readableBytes
        guard let said = FieldName("X-Amz-Content-Sha256").flatMap({ context.wire.fields[$0] }) else {
            return isAtHand ? SigV4.payload(of: context.wire.body.readableBytesView) : .unsigned
        }
        guard let payload = SigV4Payload(field: said) else {
            throw context.problem(
                "signature_unusable", .caller, 400, "Content is signed in pieces", "This upload cannot be passed on.",
                advice: "Have the SDK sign the content as a whole, or not at all (payload_signing_enabled = false).")
        }
        if case .digest = payload, isAtHand { return SigV4.payload(of: context.wire.body.readableBytesView) }
        return payload
    }

    private func dropCallersSignature(_ context: CallContext) {
        context.wire.fields.keep { name in
            !SigV4.isOfSignature(field: String(decoding: name, as: UTF8.self).lowercased())
        }
        guard let query = context.wire.query else { return }
        context.wire.setQuery(
            query.split(separator: "&").filter { part in
                FormEncoding.decode(query: String(part)).map { pairs in
                    !pairs.contains { SigV4.isOfSignature(parameter: $0.name) }
                } ?? true
            }.joined(separator: "&"))
    }
}
