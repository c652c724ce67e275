import Contracts
import Inventory

/// Reads Postman collections of version 2.1: requests in folders, variables, and saved examples, from which contracts are
/// proposed. Values of keys and tokens stay in the collection.
package struct PostmanReader {
    private let document: SourceDocument
    private let variables: PostmanVariables
    private var calls: [SampledCall] = []
    private var auth = AuthGuess()
    private var notes: [ImportNote] = []

    package static func read(_ document: SourceDocument) throws(ImportError) -> ImportedAPI {
        var reader = try PostmanReader(document)
        return try reader.api()
    }

    private init(_ document: SourceDocument) throws(ImportError) {
        let schema = document.value["info"]?["schema"]?.stringValue ?? ""
        guard document.value["info"] != nil, document.value["item"]?.arrayValue != nil else {
            throw document.error(
                "this is no Postman collection: \"info\" and \"item\" are missing",
                advice: "export the collection as \"Collection v2.1\"")
        }
        guard schema.contains("v2.1") || schema.contains("v2.0") else {
            throw document.error(
                "this collection is not of version 2.1", at: JSONPointer(tokens: ["info", "schema"]),
                advice: "export it as \"Collection v2.1\"")
        }
        self.document = document
        variables = PostmanVariables(document.value["variable"])
    }

    private mutating func api() throws(ImportError) -> ImportedAPI {
        let value = document.value
        try read(value["item"], at: JSONPointer(tokens: ["item"]), folders: [])
        note(auth: value["auth"], weight: 1000)
        var api = ImportedAPI(format: "Postman collection 2.1")
        api.title = Prose.short(value["info"]?["name"]?.stringValue)
        api.about = Prose.short(Self.text(value["info"]?["description"]))
        guard !calls.isEmpty else {
            throw document.error("the collection holds no requests", advice: "export a collection with requests in it")
        }
        var counts: [String: Int] = [:]
        for call in calls { if let server = call.server { counts[server, default: 0] += 1 } }
        let main = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
        if let main { api.servers = [ImportedServer(url: main)] }
        let those = calls.filter { $0.server == nil || $0.server == main }
        if those.count < calls.count {
            notes.append(
                ImportNote(.gap, "", "\(calls.count - those.count) requests go to other addresses and are left out"))
            api.leftOut = calls.count - those.count
        }
        api.auth = auth.best
        api.notes = notes
        var operations = SampledOperations(those)
        operations.finish(into: &api)
        return api
    }

    private mutating func read(_ items: JSONValue?, at place: JSONPointer, folders: [String]) throws(ImportError) {
        guard let items = items?.arrayValue else { throw document.error("\"item\" is a list", at: place) }
        for (index, item) in items.enumerated() {
            let here = place.appending(String(index))
            guard item.objectValue != nil else { throw document.error("an item is an object", at: here) }
            let name = item["name"]?.stringValue ?? ""
            if item["item"] != nil {
                note(auth: item["auth"], weight: 10)
                try read(item["item"], at: here.appending("item"), folders: folders + [name])
            } else if let request = item["request"] {
                try read(request, item, at: here, name: name)
            }
        }
    }

    private mutating func read(
        _ request: JSONValue, _ item: JSONValue, at place: JSONPointer, name: String
    ) throws(ImportError) {
        let url = request.stringValue != nil ? request : request["url"]
        guard let address = PostmanAddress(url, variables) else {
            notes.append(
                ImportNote(.gap, OperationNames.dashed(name), "left out: its address cannot be read", at: place))
            return
        }
        note(auth: request["auth"], weight: 1)
        note(headers: request["header"])
        var call = SampledCall(
            method: (request["method"]?.stringValue ?? "GET").uppercased(), server: address.server,
            segments: address.segments)
        call.queryNames = address.queryNames.filter { !Redaction.standard.isSecret(member: $0) }
        call.title = name.isEmpty ? nil : name
        call.about = Prose.short(Self.text(request["description"]))
        call.place = place
        read(request["body"], into: &call)
        call.example = example(address, request["body"], named: name)
        calls.append(call)
        for response in item["response"]?.arrayValue ?? [] {
            var saved = call
            saved.status = response["code"]?.intValue
            let title = response["name"]?.stringValue ?? ""
            if let original = response["originalRequest"] {
                saved.request = nil
                saved.otherRequest = nil
                read(original["body"], into: &saved)
                let there = PostmanAddress(original["url"], variables)
                saved.example = there.flatMap {
                    // What is about another path is no example of this one.
                    $0.segments == address.segments ? example($0, original["body"], named: title) : nil
                }
            } else {
                saved.example?.name = title
            }
            saved.answer = response["body"]?.stringValue.flatMap { json($0) }
            calls.append(saved)
        }
    }

    /// The request's own values; nil where one of them is left to a variable that the collection does not know.
    private func example(_ address: PostmanAddress, _ body: JSONValue?, named name: String) -> SampledCall.Example? {
        let isFilled = !variables.filled(body?["raw"]?.stringValue ?? "").contains("{{")
        guard isFilled, let query = address.query else { return nil }
        return SampledCall.Example(
            name: name, segments: address.values,
            query: JSONObject(
                query.filter { !Redaction.standard.isSecret(member: $0.name) }.map { ($0.name, $0.value) }))
    }

    private func read(_ body: JSONValue?, into call: inout SampledCall) {
        switch body?["mode"]?.stringValue {
        case "raw":
            guard let raw = body?["raw"]?.stringValue, !raw.isEmpty else { return }
            call.request = json(raw)
            if call.request == nil { call.otherRequest = "text that is no JSON" }
        case "urlencoded": call.otherRequest = "application/x-www-form-urlencoded"
        case "formdata": call.otherRequest = "multipart/form-data"
        case "file": call.otherRequest = "a file"
        case "graphql": call.otherRequest = "GraphQL"
        default: break
        }
    }

    private func json(_ text: String) -> JSONValue? {
        let filled = variables.filled(text)
        let value = try? JSONValue.parse(Array(filled.utf8), limits: JSONLimits(depth: 128, duplicateKeys: .keepLast))
        switch value {
        case .object, .array: return value
        default: return nil
        }
    }

    private mutating func note(auth value: JSONValue?, weight: Int) {
        guard let type = value?["type"]?.stringValue, type != "noauth", type != "inherit" else { return }
        func field(_ name: String) -> String? {
            value?[type]?.arrayValue?.first { $0["key"]?.stringValue == name }?["value"]?.stringValue
                ?? value?[type]?[name]?.stringValue
        }
        switch type {
        case "bearer": auth.add(.bearer, weight: weight)
        case "basic": auth.add(.basic, weight: weight)
        case "apikey":
            guard let name = field("key"), Names.isHeader(name) else { return }
            auth.add(field("in") == "query" ? .query(name) : .header(name), weight: weight)
        case "oauth2":
            auth.add(.bearer, weight: weight)
            let message = "OAuth 2: the secret holds an access token; fetching and renewing it is not described"
            if !notes.contains(where: { $0.message == message }) { notes.append(ImportNote(.gap, "", message)) }
        default:
            let message = "the collection shows its key by \(type), which is not known here"
            if !notes.contains(where: { $0.message == message }) { notes.append(ImportNote(.gap, "", message)) }
        }
    }

    private mutating func note(headers: JSONValue?) {
        for header in headers?.arrayValue ?? [] where header["disabled"] != true {
            guard let name = header["key"]?.stringValue,
                let way = AuthGuess.way(header: name, value: header["value"]?.stringValue)
            else { continue }
            auth.add(way)
        }
    }

    private static func text(_ description: JSONValue?) -> String? {
        description?.stringValue ?? description?["content"]?.stringValue
    }
}
