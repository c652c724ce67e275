import Access
import HTTPTypes
import Inventory
import Store

/// Seventh stage: the provider's secret is put where the provider wants it; only from here on does the request hold one.
struct Sign {
    let secrets: any SecretStore

    func run(_ context: inout CallContext) async throws {
        guard let auth = context.route?.provider.auth, let name = auth.secret?.rawValue else { return }
        let value: String
        do {
            value = try await secrets.value(of: name).reveal()
        } catch {
            throw context.problem(
                "secret_missing", .footing, 503, "Secret is not set", "This service is not set up yet.",
                advice: "Set it: footing secret set \(name)", log: "secret \(name): \(error)")
        }
        switch auth {
        case .none:
            break
        case .bearer:
            context.wire.headers[.authorization] = "Bearer \(value)"
        case .basic:
            let pair = value.contains(":") ? value : value + ":"
            context.wire.headers[.authorization] = "Basic \(Base64.text(Array(pair.utf8)))"
        case .header(let header, _):
            if let header = HTTPField.Name(header) { context.wire.headers[header] = value }
        case .query(let parameter, _):
            let pair = "\(PercentEncoding.encode(parameter))=\(PercentEncoding.encode(value))"
            let query = context.wire.query ?? ""
            context.wire.query = query.isEmpty ? pair : query + "&" + pair
        }
    }
}
