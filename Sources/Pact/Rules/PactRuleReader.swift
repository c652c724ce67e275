import Contracts

/// Reads the matchers of a Pact file.
///
/// A rule that cannot be understood (a plug-in's, a pattern that needs backtracking) does not make the file unreadable:
/// it becomes a rule that nothing meets, and is noted with its place.
struct PactRuleReader {
    /// Rules in one file, so that no file makes matching endless.
    static let limit = 20_000

    private(set) var unknown: [PactError] = []
    private var count = 0

    /// `{"combine": "AND", "matchers": [...]}`.
    mutating func list(_ place: PactPlace) throws(PactError) -> PactRuleList {
        var list = PactRuleList()
        if let combine = try place.text("combine") {
            switch combine.uppercased() {
            case "AND": list.combination = .and
            case "OR": list.combination = .or
            default: throw place.member("combine")?.error("expected AND or OR") ?? place.error("expected AND or OR")
            }
        }
        for matcher in try place.member("matchers")?.elements() ?? [] { list.rules.append(try rule(matcher)) }
        return list
    }

    /// One matcher of any version: `{"match": "type", "min": 1}`, `{"regex": "..."}`.
    mutating func rule(_ place: PactPlace) throws(PactError) -> PactRule {
        guard place.value.objectValue != nil else { throw place.error("expected a matcher as an object") }
        count += 1
        guard count <= Self.limit else { throw place.error("more than \(Self.limit) matchers") }
        return try rule(named: Self.name(place), place)
    }

    /// Older files leave out what the other members tell.
    private static func name(_ place: PactPlace) throws(PactError) -> String {
        if let name = try place.text("match") { return name }
        return ["regex", "min", "max", "timestamp", "datetime", "date", "time"].first { place.member($0) != nil } ?? ""
    }

    private mutating func rule(named name: String, _ place: PactPlace) throws(PactError) -> PactRule {
        switch name {
        case "equality": return .equality
        case "regex": return try regex(place)
        case "type", "min", "max", "min-type", "max-type":
            return .type(min: try place.count("min"), max: try place.count("max"))
        case "include":
            guard let value = place.member("value") else { throw place.error("an include matcher needs a value") }
            return .include(value.value.plainText)
        case "number": return .number
        case "integer": return .integer
        case "decimal", "real": return .decimal
        case "boolean": return .boolean
        case "null": return .null
        case "date": return try moment(place, name, "yyyy-MM-dd")
        case "time": return try moment(place, name, "HH:mm:ss")
        case "timestamp", "datetime": return try moment(place, name, "yyyy-MM-dd'T'HH:mm:ssXXX")
        case "contentType", "content-type":
            guard let value = try place.text("value") else {
                throw place.error("a content type matcher needs a value")
            }
            return .contentType(value)
        case "values": return .values
        case "notEmpty", "not-empty": return .notEmpty
        case "semver": return .semver
        case "statusCode", "status-code": return .statusCode(try status(place))
        case "eachKey", "each-key": return .eachKey(try rules(place))
        case "eachValue", "each-value": return .eachValue(try rules(place))
        case "arrayContains", "array-contains": return .arrayContains(try variants(place))
        case "": throw place.error("a matcher that does not say what it matches")
        default: return note("the matcher \(name) is none of Pact's own", place)
        }
    }

    private mutating func note(_ words: String, _ place: PactPlace) -> PactRule {
        unknown.append(place.error(words))
        return .unknown(words)
    }

    private mutating func regex(_ place: PactPlace) throws(PactError) -> PactRule {
        guard let text = try place.text("regex") else { throw place.error("a regex matcher needs a regex") }
        do {
            return .regex(try PactPattern(text))
        } catch {
            return note("the pattern cannot be searched: \(error)", place)
        }
    }

    private mutating func moment(_ place: PactPlace, _ name: String, _ usual: String) throws(PactError) -> PactRule {
        let given = try place.text("format")
        let older = try place.text(name)
        let text = given ?? older ?? ""
        do throws(PactMoment.Fault) {
            return .moment(try PactMoment(text.isEmpty ? usual : text))
        } catch {
            return note(error.message, place)
        }
    }

    private func status(_ place: PactPlace) throws(PactError) -> StatusClass {
        guard let status = place.member("status") else { return StatusClass(name: "success") ?? .codes([200]) }
        if status.value.arrayValue != nil {
            var codes: [Int] = []
            for element in try status.elements() {
                guard let code = element.value.intValue else { throw element.error("expected a status code") }
                codes.append(code)
            }
            return .codes(codes)
        }
        guard let known = StatusClass(name: try status.text()) else { throw status.error("no class of status codes") }
        return known
    }

    private mutating func rules(_ place: PactPlace) throws(PactError) -> [PactRule] {
        var rules: [PactRule] = []
        for element in try place.member("rules")?.elements() ?? [] { rules.append(try rule(element)) }
        return rules
    }

    private mutating func variants(_ place: PactPlace) throws(PactError) -> [PactRule.Variant] {
        guard let list = place.member("variants") else { throw place.error("an arrayContains matcher needs variants") }
        var variants: [PactRule.Variant] = []
        for variant in try list.elements() {
            let index = try variant.count("index") ?? 0
            var rules = PactRules()
            if let given = variant.member("rules") {
                rules = try paths(given)
            } else {
                rules.add(.root, PactRuleList(rules: [.equality]))
            }
            variants.append(PactRule.Variant(index: index, rules: rules))
        }
        return variants
    }

    /// Rules by path expression.
    mutating func paths(_ place: PactPlace) throws(PactError) -> PactRules {
        var rules = PactRules()
        for (key, member) in try place.members() {
            guard let path = PactPath(key) else { throw member.error("no path of a matcher") }
            rules.add(path, try list(member))
        }
        return rules
    }

    /// Rules by the name of a field or parameter; newer files write a path instead.
    mutating func names(_ place: PactPlace) throws(PactError) -> PactRules {
        var rules = PactRules()
        for (key, member) in try place.members() {
            let path = key.hasPrefix("$") ? PactPath(key) ?? PactPath(name: key) : PactPath(name: key)
            rules.add(path, try list(member))
        }
        return rules
    }
}
