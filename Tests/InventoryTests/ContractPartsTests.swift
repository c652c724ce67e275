import Inventory
import Testing

@Suite("Contracts in several files")
struct ContractPartsTests {
    private func load(_ files: [String: String]) throws -> LoadResult {
        var files = files
        files["footing.yaml"] = "project: try\nenvironment: sandbox\n"
        files["providers/a.yaml"] = """
            provider: a
            environments: { sandbox: { url: "http://127.0.0.1:1" } }
            operations:
              get: { method: GET, path: /x, response: contracts/a/get.json }
            """
        let folder = try TemporaryProject(files)
        return withExtendedLifetime(folder) { folder.load() }
    }

    private func contract(_ files: [String: String]) throws -> String? {
        try load(files).project?.operation(provider: "a", named: "get")?.response?.text
    }

    @Test("files that refer to each other come with the contract, each under an identifier of its own")
    func parts() throws {
        let item = ##""properties":{"next":{"$ref":"item.json"},"x":{"$ref":"../x.yaml#/$defs/x"}}}"##
        let text = try contract([
            "contracts/a/get.json": #"{"type": "array", "items": {"$ref": "parts/item.json"}}"#,
            "contracts/a/parts/item.json": "{\(item)", "contracts/a/x.yaml": "$defs: { x: { type: integer } }",
        ])
        let parts = [
            ##"{"$id":"footing:/contracts/a/get.json","type":"array","items":{"$ref":"parts/item.json"},"$defs":{"##,
            ##""contracts/a/parts/item.json":{"$id":"footing:/contracts/a/parts/item.json","##, item + ",",
            ##""contracts/a/x.yaml":{"$id":"footing:/contracts/a/x.yaml","$defs":{"x":{"type":"integer"}}}}}"##,
        ]
        #expect(text == parts.joined())
    }

    @Test("a contract without references to files stays as it is written")
    func alone() throws {
        let text = ##"{ "type": "object", "$defs": {"a": true}, "properties": {"x": {"$ref": "#/$defs/a"}} }"##
        #expect(try contract(["contracts/a/get.json": text]) == text)
    }

    @Test("a file that is missing, broken or outside of the folder is found, with its place")
    func faults() throws {
        func finding(_ reference: String, _ files: [String: String] = [:]) throws -> String? {
            var files = files
            files["contracts/a/get.json"] = "{\n\"$ref\": \"\(reference)\"}"
            return try load(files).errors.first?.description
        }
        let place = "footing/contracts/a/get.json:2:9: error:"
        #expect(try finding("none.json") == "\(place) there is no file \"footing/contracts/a/none.json\"")
        #expect(try finding("../../../../etc/passwd") == "\(place) a reference leads out of the footing folder")
        let broken = try finding("b.json", ["contracts/a/b.json": "{"])
        #expect(broken?.hasPrefix("footing/contracts/a/b.json:1:2: error: broken JSON") == true)
    }
}
