import Contracts

extension PactRuleReader {
    /// The rules of a request, an answer or a message, in the form of its version.
    static func book(_ place: PactPlace?, _ version: PactVersion) throws(PactError) -> PactRuleBook {
        guard let place else { return PactRuleBook() }
        var reader = PactRuleReader()
        var book = version == .v2 ? try reader.older(place) : try reader.newer(place)
        book.unknown = reader.unknown
        return book
    }

    /// Versions 3 and 4: a member for each part.
    private mutating func newer(_ place: PactPlace) throws(PactError) -> PactRuleBook {
        var book = PactRuleBook()
        for (key, part) in try place.members() {
            switch key {
            case "path": book.path = try single(part)
            case "status": book.status = try single(part)
            case "header", "headers": book.headers = try names(part)
            case "query": book.query = try names(part)
            case "body", "content", "contents": book.body = try paths(part)
            case "metadata": book.metadata = try names(part)
            case "method": continue
            default: throw part.error("no part of an exchange that rules can be for")
            }
        }
        return book
    }

    /// Rules of a part that has no parts of its own; some writers put them below an empty or root path.
    private mutating func single(_ place: PactPlace) throws(PactError) -> PactRuleList {
        if place.member("matchers") != nil { return try list(place) }
        for (_, member) in try place.members() { return try list(member) }
        return PactRuleList()
    }

    /// Version 2: one matcher for each path that begins with the part.
    private mutating func older(_ place: PactPlace) throws(PactError) -> PactRuleBook {
        var book = PactRuleBook()
        for (key, member) in try place.members() {
            guard let path = PactPath(key), path.tokens.count > 1, case .name(let part) = path.tokens[1] else {
                throw member.error("no path of a matcher")
            }
            let list = PactRuleList(rules: [try rule(member)])
            let rest = path.dropping(1)
            switch part {
            case "body": book.body.add(rest, list)
            case "header", "headers": book.headers.add(rest, list)
            case "query": book.query.add(rest, list)
            case "path": book.path.rules += list.rules
            case "status": book.status.rules += list.rules
            default: throw member.error("no part of an exchange that rules can be for")
            }
        }
        return book
    }
}
