/// One field of a model: where it comes from and what it must become.
struct ModelField: Sendable {
    enum Origin: Sendable {
        case path(ModelPath)
        case program(JQProgram)
        /// Only a default.
        case nowhere
    }

    let name: String
    let origin: Origin
    /// Given as it is where nothing, or null, is found.
    let fallback: JSONValue
    let conversion: ModelConversion?

    private static let members: Set<String> = ["pick", "default", "convert", "jq"]

    init(
        name: String, _ description: JSONValue, _ timing: JQProgram.Timing
    ) throws(ModelMappingError.Finding) {
        func finding(_ message: String) -> ModelMappingError.Finding { .init(field: name, message: message) }
        self.name = name
        switch description {
        case .string(let text):
            guard let path = ModelPath(text) else { throw finding("\"\(text)\" is no path like $.area.name") }
            origin = .path(path)
            fallback = .null
            conversion = nil
        case .object(let object):
            if let unknown = object.keys.first(where: { !ModelField.members.contains($0) }) {
                throw finding("\(unknown) is unknown; pick, jq, default and convert are known")
            }
            origin = try ModelField.origin(object, finding, timing)
            fallback = object["default"] ?? .null
            conversion = try ModelField.conversion(object["convert"], finding)
        default:
            throw finding("a path or an object with pick, jq, default, convert is expected")
        }
    }

    func value(in answer: JSONValue) throws(ModelMappingError.Finding) -> JSONValue {
        var value: JSONValue
        switch origin {
        case .path(let path): value = path.value(in: answer) ?? .null
        case .nowhere: value = .null
        case .program(let program):
            do throws(JQError) {
                value = try program.runForOne(answer)
            } catch {
                throw .init(field: name, error)
            }
        }
        if value.isNull { return fallback }
        guard let conversion else { return value }
        do throws(ModelMappingError.Finding) {
            return try conversion.convert(value, in: answer)
        } catch {
            throw .init(field: name, message: error.message)
        }
    }

    private static func origin(
        _ object: JSONObject, _ finding: (String) -> ModelMappingError.Finding, _ timing: JQProgram.Timing
    ) throws(ModelMappingError.Finding) -> Origin {
        switch (object["pick"], object["jq"]) {
        case (.some, .some):
            throw finding("pick and jq exclude each other")
        case (.string(let text)?, nil):
            guard let path = ModelPath(text) else { throw finding("\"\(text)\" is no path like $.area.name") }
            return .path(path)
        case (nil, .string(let text)?):
            do throws(JQError) {
                return .program(try JQProgram.compile(text, timing))
            } catch {
                throw finding(error.message)
            }
        case (nil, nil) where object["default"] != nil:
            return .nowhere
        case (nil, nil):
            throw finding("pick, jq or default is missing")
        default:
            throw finding("pick and jq are texts")
        }
    }

    private static func conversion(
        _ value: JSONValue?, _ finding: (String) -> ModelMappingError.Finding
    ) throws(ModelMappingError.Finding) -> ModelConversion? {
        guard let value else { return nil }
        do throws(ModelMappingError.Finding) {
            return try ModelConversion(value)
        } catch {
            throw finding(error.message)
        }
    }
}
