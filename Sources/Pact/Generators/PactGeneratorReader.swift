import Contracts

/// Reads the generators of a Pact file. Where one is not understood, the example stands and the place is noted.
struct PactGeneratorReader {
    private var unknown: [PactError] = []

    static func read(_ place: PactPlace?) throws(PactError) -> PactGenerators {
        guard let place else { return PactGenerators() }
        var reader = PactGeneratorReader()
        var generators = PactGenerators()
        for (key, part) in try place.members() {
            switch key {
            case "path": generators.path = try reader.single(part)
            case "status": generators.status = try reader.single(part)
            case "header", "headers": generators.headers = try reader.entries(part, named: true)
            case "query": generators.query = try reader.entries(part, named: true)
            case "body", "content", "contents": generators.body = try reader.entries(part, named: false)
            default: reader.unknown.append(part.error("generators for \(key) are not used"))
            }
        }
        generators.unknown = reader.unknown
        return generators
    }

    private mutating func single(_ place: PactPlace) throws(PactError) -> PactGenerator? {
        if place.member("type") != nil { return try generator(place) }
        for (_, member) in try place.members() { return try generator(member) }
        return nil
    }

    private mutating func entries(_ place: PactPlace, named: Bool) throws(PactError) -> [PactGenerators.Entry] {
        var entries: [PactGenerators.Entry] = []
        for (key, member) in try place.members() {
            let path = named && !key.hasPrefix("$") ? PactPath(name: key) : PactPath(key)
            guard let path else { throw member.error("no path of a generator") }
            guard let generator = try generator(member) else { continue }
            entries.append(PactGenerators.Entry(path: path, generator: generator))
        }
        return entries
    }

    private mutating func generator(_ place: PactPlace) throws(PactError) -> PactGenerator? {
        guard let type = try place.text("type") else { throw place.error("a generator without a type") }
        switch type {
        case "RandomInt":
            let (least, greatest) = (place.member("min")?.value.intValue ?? 0, place.member("max")?.value.intValue)
            return .integer(least...max(least, greatest ?? Int(Int32.max)))
        case "RandomDecimal": return .decimal(digits: try size(place, "digits", 10))
        case "RandomHexadecimal": return .hexadecimal(digits: try size(place, "digits", 10))
        case "RandomString": return .string(size: try size(place, "size", 20))
        case "RandomBoolean": return .boolean
        case "Uuid": return .uuid(try place.text("format").flatMap { .init(rawValue: $0) } ?? .lowercase)
        case "Date": return try moment(place, "yyyy-MM-dd")
        case "Time": return try moment(place, "HH:mm:ss")
        case "DateTime": return try moment(place, "yyyy-MM-dd'T'HH:mm:ss.SSSXXX")
        case "ProviderState": return .providerState(try place.text("expression") ?? "")
        case "MockServerURL":
            let pattern = try place.text("regex").flatMap { try? RegularExpression(PatternTranslation.translate($0)) }
            return .serverURL(pattern, example: try place.text("example") ?? "")
        // The example is a text that fits the pattern.
        case "Regex": return nil
        default: return note("the generator \(type) is none of Pact's own", place)
        }
    }

    private mutating func note(_ words: String, _ place: PactPlace) -> PactGenerator? {
        unknown.append(place.error(words))
        return nil
    }

    private func size(_ place: PactPlace, _ key: String, _ usual: Int) throws(PactError) -> Int {
        min(try place.count(key) ?? usual, 1000)
    }

    private mutating func moment(_ place: PactPlace, _ usual: String) throws(PactError) -> PactGenerator? {
        if let expression = try place.text("expression"), !["now", "today", ""].contains(expression) {
            return note("the expression of a date is not worked out", place)
        }
        let form = try place.text("format") ?? usual
        do throws(PactMoment.Fault) {
            return .moment(try PactMoment(form))
        } catch {
            return note(error.message, place)
        }
    }
}
