import Contracts
import Imports
import Testing

@Suite("Plans of imports")
struct ImportPlanTests {
    private let shop = OpenAPIOperationTests.shop

    private func present() throws -> Set<String> {
        try Documents.reader(SourceDocument.read(Array(shop.utf8), file: "shop.yaml")).origins
    }

    @Test("a new provider gets a file, contracts, a record, and its secret's name")
    func first() throws {
        var folder = Folder()
        let plan = try folder.take(Documents.openAPI(shop), present: present())
        #expect(
            folder.files.keys.sorted() == [
                "contracts/shop/import.json", "contracts/shop/list-orders.answer.json",
                "contracts/shop/schemas/Order.json",
                "contracts/shop/schemas/Order.request.json", "footing.yaml", "providers/shop.yaml",
            ])
        #expect(plan.secret == "shop-key")
        #expect(folder.files["footing.yaml"]?.hasSuffix("secrets:\n  shop-key: { about: Key of Shop }\n") == true)
        let tree = try folder.tree()
        #expect(tree["auth"] == ["header": "X-Shop-Key", "secret": "shop-key"])
        #expect(tree["environments"]?["sandbox"]?["url"] == "https://eu.sandbox.shop.example/v1")
        #expect(tree["limits"] == ["rate": "100/60s"])
        #expect(
            tree["errors"]?.arrayValue?.compactMap { $0["code"]?.stringValue } == ["shop_not_found", "shop_rejected"])
        let post = tree["operations"]?["create-order"]
        #expect(post?["request"]?["body"] == "contracts/shop/schemas/Order.request.json")
        #expect(post?["response"] == "contracts/shop/schemas/Order.json")
        #expect(post?["idempotency"] == "Idempotency-Key")
        #expect(folder.provider.contains("risk: payment  # guessed from its name: payment, write or read?"))
        #expect(folder.files["contracts/shop/list-orders.answer.json"]?.contains("\"schemas/Order.json\"") == true)
    }

    @Test("the same document again changes nothing, and needs nothing said again")
    func again() throws {
        var folder = Folder()
        try folder.take(Documents.openAPI(shop), present: present()) {
            $0.production = "https://other.example"
            $0.idempotencyHeader = "X-Once"
        }
        let before = folder.files
        let plan = try folder.take(Documents.openAPI(shop), present: present())
        #expect(plan.isEmpty && plan.disputes.isEmpty && plan.kept.isEmpty)
        #expect(plan.operations.allSatisfy { $0.kind == .same })
        #expect(folder.files == before)
    }

    @Test("what a person wrote stays: values, own keys, comments, names, and what they took out")
    func handEdits() throws {
        var folder = Folder()
        try folder.take(Documents.openAPI(shop), present: present())
        folder.provider = folder.provider
            .replacing(
                "risk: payment  # guessed from its name: payment, write or read?", with: "risk: write  # asked Ann"
            )
            .replacing("  get-order:\n", with: "  # ours\n  fetch-order:\n    latency: slow\n")
            .replacing("title: Shop\n", with: "title: \"Our shop\"\nowner: { name: Ann }\n")
        let text = folder.provider
        let put = try #require(text.firstRange(of: "\n  put-tags:"))
        folder.provider = String(text[..<put.lowerBound]) + "\n"
        let before = folder.provider
        let plan = try folder.take(Documents.openAPI(shop), present: present())
        #expect(folder.provider == before)
        #expect(plan.kept.sorted() == ["create-order: risk", "put-tags: taken out", "title"])
        #expect(plan.disputes.isEmpty)
    }

    @Test("what changes in the document changes in the file, in place")
    func changes() throws {
        var folder = Folder()
        try folder.take(Documents.openAPI(shop), present: present())
        folder.provider = folder.provider.replacing(
            "  create-order:", with: "  # orders are made here\n  create-order:")
        let old = folder.provider
        let newer = shop.replacing("summary: Lists orders", with: "summary: Lists all orders")
            .replacing("maximum: 100", with: "maximum: 50").replacing("id: { type: integer", with: "id: { type: string")
        let plan = try folder.take(Documents.openAPI(newer), present: present())
        let changed = plan.operations.filter { $0.kind == .changed }
        #expect(changed.map(\.name) == ["list-orders"])
        #expect(changed.first?.keys == ["about", "request"])
        #expect(
            folder.provider
                == old.replacing("Lists orders", with: "Lists all orders").replacing(
                    "maximum: 100", with: "maximum: 50"))
        #expect(plan.files.contains { $0.path == "contracts/shop/schemas/Order.json" })
    }

    @Test("where both changed a person's value stays and is told, unless they say otherwise; then it is told once")
    func disputes() throws {
        var folder = Folder()
        try folder.take(Documents.openAPI(shop), present: present())
        folder.provider = folder.provider.replacing("about: Lists orders", with: "about: Ours")
        folder.files["contracts/shop/schemas/Order.json"] = "{}\n"
        let newer = try Documents.openAPI(
            shop.replacing("summary: Lists orders", with: "summary: Theirs")
                .replacing("id: { type: integer", with: "id: { type: string"))
        var copy = folder
        let plan = try folder.take(newer, present: present())
        #expect(
            plan.disputes.map(\.what).sorted() == ["contracts/shop/schemas/Order.json", "operation list-orders: about"])
        #expect(try folder.tree()["operations"]?["list-orders"]?["about"] == "Ours")
        #expect(folder.files["contracts/shop/schemas/Order.json"] == "{}\n")
        let next = try folder.take(newer, present: present())
        #expect(next.disputes.isEmpty && next.kept.count == 2)
        try copy.take(newer, present: present()) { $0.replaces = true }
        #expect(try copy.tree()["operations"]?["list-orders"]?["about"] == "Theirs")
        #expect(copy.files["contracts/shop/schemas/Order.json"] != "{}\n")
    }

    @Test("operations that the document loses stay and are told; those of other imports are left alone")
    func gone() throws {
        var folder = Folder()
        try folder.take(Documents.openAPI(shop), present: present())
        var selection = OpenAPISelection()
        selection.operations = ["getOrder"]
        let plan = try folder.take(
            Documents.openAPI(shop, selection: selection), present: present().subtracting(["PUT /tags"]))
        #expect(plan.isEmpty)
        #expect(plan.gone == ["put-tags"])
        #expect(try folder.tree()["operations"]?.objectValue?.count == 4)
    }

    @Test("a provider written by hand takes new operations in and keeps its own")
    func writtenByHand() throws {
        var folder = Folder()
        folder.provider = """
            provider: shop
            # by hand
            environments:
                sandbox: { url: "http://127.0.0.1:1" }
            operations:
                orders:   # ours
                    method: get
                    path: /orders
                    timeout: 3s
            # the end
            """
        let plan = try folder.take(Documents.openAPI(shop), present: present())
        let tree = try folder.tree()
        #expect(tree["operations"]?.objectValue?.keys == ["orders", "create-order", "get-order", "put-tags"])
        #expect(tree["operations"]?["orders"]?["timeout"] == "3s")
        #expect(tree["operations"]?["orders"]?["response"] == "contracts/shop/list-orders.answer.json")
        #expect(tree["environments"]?["production"] == nil)
        #expect(plan.disputes.contains { $0.what == "the provider's environments" })
        #expect(folder.provider.contains("    orders:   # ours\n        method: get\n"))
        #expect(folder.provider.hasSuffix("# the end\n"))
    }

    @Test("a file that cannot be changed in place is left alone, and the place is named")
    func flow() throws {
        var folder = Folder()
        folder.provider = """
            provider: shop
            environments: { sandbox: { url: "http://127.0.0.1:1" } }
            operations: { orders: { method: GET, path: /orders } }
            """
        let before = folder.files
        let error = #expect(throws: ImportError.self) { try folder.take(Documents.openAPI(shop)) }
        #expect(error?.message.contains("cannot be changed in place") == true)
        #expect(error?.line == 3)
        #expect(folder.files == before)
    }

    @Test("a document without an address needs one said; one of http becomes https")
    func addresses() throws {
        let text = "openapi: 3.0.0\nservers: [{ url: /v1 }]\npaths: { /x: { get: {} } }\n"
        var folder = Folder()
        let error = #expect(throws: ImportError.self) { try folder.take(Documents.openAPI(text)) }
        #expect(error?.advice?.contains("--production") == true)
        try folder.take(Documents.openAPI(text)) { $0.production = "http://api.example.com" }
        #expect(try folder.tree()["environments"]?["production"]?["url"] == "https://api.example.com")
        #expect(folder.files["footing.yaml"]?.contains("secrets") == false)
    }

    @Test(
        "one example is written in the short form, several by their names; a second one that comes later replaces the form"
    )
    func examples() throws {
        let one = """
            parameters: [{ name: q, in: query, required: true, schema: { type: string }, example: a }]
            """
        let two = """
            parameters:
              - { name: q, in: query, required: true, schema: { type: string }, examples: { few: { value: a }, many: { value: b } } }
            """
        func document(_ parameters: String) -> String { Documents.one("get:\n" + parameters.indented(2)) }
        var folder = Folder()
        try folder.take(Documents.openAPI(document(one)))
        #expect(try folder.tree()["operations"]?["get-things"]?["example"] == ["query": ["q": "a"]])
        try folder.take(Documents.openAPI(document(two)))
        let operation = try folder.tree()["operations"]?["get-things"]
        #expect(operation?["example"] == nil)
        #expect(operation?["examples"] == ["few": ["query": ["q": "a"]], "many": ["query": ["q": "b"]]])
    }
}
