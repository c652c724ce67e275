import Access
import HTTPTypes
import Inventory
import NIOCore
import Store

/// Second stage: who calls, and whether their token allows this operation.
///
/// A vendor's SDK knows one place for its key: there the Footing token stands instead, and from there it is taken away.
struct Authorise {
    let tokens: TokenAuthority

    func run(_ context: inout CallContext) async throws {
        let caller = try await caller(&context)
        let scope = "call:\(context.providerName).\(context.operationName)"
        guard caller.mayCall(provider: context.providerName, operation: context.operationName) else {
            throw context.problem(
                "scope_missing", .caller, 403, "Token lacks the scope", "You are not allowed to do this.",
                advice: "The token \"\(caller.name)\" needs the scope \(scope): footing token new --scope \(scope)")
        }
        context.caller = caller
    }

    private func caller(_ context: inout CallContext) async throws -> Caller {
        switch context.request.credential {
        case .known(let caller):
            strip(&context)
            return caller
        case .presented:
            guard let text = presented(context) else {
                throw context.problem(
                    "token_missing", .caller, 401, "Token is missing", "You are not signed in.",
                    advice: "Send a Footing token as Authorization: Bearer, or where the provider's key would stand.")
            }
            strip(&context)
            return try await tokens.caller(presenting: text)
        }
    }

    private func presented(_ context: CallContext) -> String? {
        guard case .passThrough(_, _, let query, let headers, _) = context.request.target else { return nil }
        if let text = headers[.authorization] {
            return Authorization.token(text)
        }
        switch context.route?.provider.auth {
        case .header(let name, _):
            return HTTPField.Name(name).flatMap { headers[$0] }
        case .query(let name, _):
            return FormEncoding.decode(query: query ?? "")?.first { $0.name == name }?.value
        default:
            return nil
        }
    }

    /// Takes every place where a token may stand out of the request, so that none reaches a provider.
    private func strip(_ context: inout CallContext) {
        context.wire.headers[.authorization] = nil
        switch context.route?.provider.auth {
        case .header(let name, _):
            if let name = HTTPField.Name(name) { context.wire.headers[name] = nil }
        case .query(let name, _):
            context.wire.query = context.wire.query.map { query in
                query.split(separator: "&").filter { part in
                    FormEncoding.decode(query: String(part))?.first?.name != name
                }.joined(separator: "&")
            }
        default:
            break
        }
    }
}
