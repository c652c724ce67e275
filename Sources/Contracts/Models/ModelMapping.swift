/// Turns a provider's answer into the model that the rest of Footing sees.
///
/// Either a jq program over the whole answer (`{"jq": "..."}`), or a member for each field of the model: a path
/// (`"$.area.name"`), or an object with
/// - `pick`, a path, or `jq`, a program for this field;
/// - `default`, the value in place of nothing or null, given as it is;
/// - `convert`: `string`, `number`, `integer`, `boolean`, `date` (`2026-11-24`), `time` (RFC 3339 in UTC; also
///   `time-from-seconds` and `time-from-milliseconds` since 1970), or an amount of money, `{"money": "$.currency"}` or
///   `{"money": "EUR", "unit": "minor"}`, which gives `{"amount": 10.99, "currency": "EUR"}`.
///
/// A path that leads nowhere gives null. Names of the model are the members' names, so writing a field renames it.
public struct ModelMapping: Sendable {
    private enum Shape: Sendable {
        case program(JQProgram)
        case fields([ModelField])
    }

    private let shape: Shape

    /// All wrong fields are reported at once.
    public static func compile(
        _ value: JSONValue, _ timing: JQProgram.Timing = .now
    ) throws(ModelMappingError) -> ModelMapping {
        guard case .object(let object) = value else {
            throw ModelMappingError(findings: [.init(field: nil, message: "an object of fields is expected")])
        }
        if object.count == 1, case .string(let text)? = object["jq"], !text.hasPrefix("$") {
            do throws(JQError) {
                return ModelMapping(shape: .program(try JQProgram.compile(text, timing)))
            } catch {
                throw ModelMappingError(findings: [.init(field: nil, message: error.message)])
            }
        }
        var fields: [ModelField] = []
        var findings: [ModelMappingError.Finding] = []
        for (name, description) in object {
            do throws(ModelMappingError.Finding) {
                fields.append(try ModelField(name: name, description, timing))
            } catch {
                findings.append(error)
            }
        }
        guard findings.isEmpty else { throw ModelMappingError(findings: findings) }
        return ModelMapping(shape: .fields(fields))
    }

    /// The model for one answer.
    public func map(_ answer: JSONValue) throws(ModelMappingError) -> JSONValue {
        switch shape {
        case .program(let program):
            do throws(JQError) {
                return try program.runForOne(answer)
            } catch {
                throw ModelMappingError(findings: [.init(field: nil, error)])
            }
        case .fields(let fields):
            var model = JSONObject()
            var findings: [ModelMappingError.Finding] = []
            for field in fields {
                do throws(ModelMappingError.Finding) {
                    model[field.name] = try field.value(in: answer)
                } catch {
                    findings.append(error)
                }
            }
            guard findings.isEmpty else { throw ModelMappingError(findings: findings) }
            return .object(model)
        }
    }
}
