import Access
import Inventory
import Store
import Wire

/// Seventh stage: the provider's secret is put where the provider wants it; only from here on does the request hold one.
struct Sign {
    let secrets: SecretCache

    func run(_ context: CallContext, at moment: Moment) throws(Problem) {
        guard let auth = context.route?.provider.auth else { return }
        switch auth {
        case .none:
            break
        case .bearer(let name):
            context.wire.fields.append(.authorization, "Bearer \(try value(name, context, moment))")
        case .basic(let name):
            let value = try value(name, context, moment)
            let pair = value.contains(":") ? value : value + ":"
            context.wire.fields.append(.authorization, "Basic \(Base64.text(Array(pair.utf8)))")
        case .header(let header, let name):
            let value = try value(name, context, moment)
            guard let header = FieldName(header), context.wire.fields.append(header, value) else {
                throw context.problem(
                    "secret_unusable", .footing, 503, "Secret cannot stand in a header",
                    "This service is not set up yet.", advice: "Set it again without line breaks.")
            }
        case .query(let parameter, let name):
            let pair =
                "\(PercentEncoding.encode(parameter))=\(PercentEncoding.encode(try value(name, context, moment)))"
            let query = context.wire.query ?? ""
            context.wire.setQuery(query.isEmpty ? pair : query + "&" + pair)
        case .aws(let aws):
            guard let endpoint = context.route?.endpoint else { return }
            try signAWS(context, aws, endpoint: endpoint, at: moment)
        }
    }

    func value(_ name: SecretName, _ context: CallContext, _ moment: Moment) throws(Problem) -> String {
        do {
            return try secrets.value(name.rawValue, at: moment)
        } catch {
            throw context.problem(
                "secret_missing", .footing, 503, "Secret is not set", "This service is not set up yet.",
                advice: "Set it: footing secret set \(name.rawValue)", log: "secret \(name.rawValue): \(error)")
        }
    }
}
