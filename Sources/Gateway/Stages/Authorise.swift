import Access
import Inventory
import Store
import Wire

/// Second stage: who calls, and whether their token allows this operation.
///
/// A vendor's SDK knows one place for its key: there the Footing token stands instead, and from there it is taken away. A browser shows
/// the cookie of its session; a page of another site could send that too, so writes need a field which only a script of the app's own
/// origin can set.
struct Authorise {
    /// The token that the request shows; throws where there is none. Takes every place where one may stand out of the request.
    func presented(_ context: CallContext) throws(Problem) -> String {
        guard context.request.isPassThrough else { throw Self.missing(context) }
        let text: String?
        if let token = context.wire.fields.withValue(of: .authorization, { Authorization.token($0) }) {
            text = token
        } else {
            let shown = inVendorPlace(context)
            text = if let shown { shown } else { try cookie(context) }
        }
        strip(context)
        guard let text else { throw Self.missing(context) }
        return text
    }

    /// The caller as recognised, if their token allows this operation. From here on the request holds only what may go on.
    func allow(_ caller: Caller, _ context: CallContext) throws(Problem) {
        guard caller.mayCall(provider: context.providerName, operation: context.operationName) else {
            let scope = "call:\(context.providerName).\(context.operationName)"
            throw context.problem(
                "scope_missing", .caller, 403, "Token lacks the scope", "You are not allowed to do this.",
                advice: "The token \"\(caller.name)\" needs the scope \(scope): footing token new --scope \(scope)")
        }
        context.caller = caller
        if context.request.isPassThrough { context.wire.fields.keepEndToEnd() }
    }

    private func inVendorPlace(_ context: CallContext) -> String? {
        switch context.route?.provider.auth {
        case .header(let name, _):
            FieldName(name).flatMap { context.wire.fields[$0] }
        case .query(let name, _):
            FormEncoding.decode(query: context.wire.query ?? "")?.first { $0.name == name }?.value
        default:
            nil
        }
    }

    private func cookie(_ context: CallContext) throws(Problem) -> String? {
        let fields = context.wire.fields
        guard let text = Cookies.value(SessionCookie.name, in: fields.values(.cookie)) else { return nil }
        guard context.risk == .read || fields.contains(.footingRequest) else {
            throw context.problem(
                "request_forged", .caller, 403, "Request did not come from the app's own script",
                "This request was refused for your safety.",
                advice: "Writes with a cookie need the header X-Footing-Request: 1.")
        }
        return text
    }

    private func strip(_ context: CallContext) {
        context.wire.fields.remove(.authorization)
        switch context.route?.provider.auth {
        case .header(let name, _):
            if let name = FieldName(name) { context.wire.fields.remove(name) }
        case .query(let name, _):
            guard let query = context.wire.query else { return }
            context.wire.setQuery(
                query.split(separator: "&").filter { part in
                    FormEncoding.decode(query: String(part))?.first?.name != name
                }.joined(separator: "&"))
        default:
            break
        }
    }

    private static func missing(_ context: CallContext) -> Problem {
        context.problem(
            "token_missing", .caller, 401, "Token is missing", "You are not signed in.",
            advice: "Send a Footing token as Authorization: Bearer, or where the provider's key would stand.")
    }
}
