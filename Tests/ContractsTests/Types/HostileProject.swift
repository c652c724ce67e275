import Inventory

/// A project with everything that makes generating types hard.
enum HostileProject {
    /// A schema that refers to itself in every way, with names no language likes.
    static let nasty = #"""
        {
          "type": "object",
          "required": ["default", "a-b", "nothing", "shape", "must \"be\" there"],
          "properties": {
            "default": { "type": ["string", "null"], "description": "ends */ the comment \n and goes on" },
            "a-b": { "type": "integer" }, "a_b": { "type": "number" }, "aB": { "type": "boolean" },
            "class": { "const": "fixed" }, "self": { "type": "string" }, "init": { "type": "string" },
            "Type": { "type": "string" }, "hashValue": { "type": "string" }, "encoder": { "type": "string" },
            "container": { "type": "string" }, "constructor": { "type": "string" }, "__proto__": { "type": "string" },
            "$ref": { "type": "string" }, "": { "type": "string" }, "日本": { "type": "string" },
            "1st": { "enum": ["a", "A", "a b", "a-b", "", "\"", "case", "1", "1"] },
            "levels": { "enum": [1, 2, -3] }, "mixed": { "enum": ["x", 1, true, null] }, "flags": { "enum": [true] },
            "nothing": { "type": "null" }, "never": false, "anything": true, "empty": {},
            "tree": { "$ref": "#/$defs/tree" }, "chain": { "$ref": "#/$defs/chain" }, "self-list": { "$ref": "#/$defs/selfList" },
            "circle": { "$ref": "#/$defs/circleA" }, "outside": { "$ref": "https://example.com/other.json" },
            "anchored": { "$ref": "#here" }, "escaped": { "$ref": "#/$defs/odd~1name%20x" }, "root": { "$ref": "#" },
            "pair": { "type": "array", "prefixItems": [{ "type": "string" }, { "type": "number" }], "items": false, "minItems": 2 },
            "twins": { "type": "array", "prefixItems": [{ "type": "string" }, { "type": "string" }], "items": false, "minItems": 2 },
            "open-pair": { "type": "array", "items": [{ "type": "string" }, { "type": "number" }] },
            "grid": { "type": "array", "items": { "type": "array", "items": { "type": "object", "properties": { "x": { "type": "number" } } } } },
            "counts": { "type": "object", "additionalProperties": { "type": "integer" } },
            "by-name": { "type": "object", "patternProperties": { "^x": { "type": "string" }, "^y": { "type": "object", "properties": { "z": {} } } }, "additionalProperties": false },
            "shape": {
              "oneOf": [
                { "type": "object", "required": ["kind", "radius"], "properties": { "kind": { "const": "circle" }, "radius": { "type": "number" } } },
                { "type": "object", "required": ["kind", "side"], "properties": { "kind": { "enum": ["square", "cube"] }, "side": { "type": "number" }, "inner": { "$ref": "#/properties/shape" } } }
              ]
            },
            "loose": { "anyOf": [{ "type": "string" }, { "type": "integer" }, { "type": "array", "items": { "type": "string" } }, { "type": "object", "properties": { "a": { "type": "string" } } }, { "type": "null" }] },
            "whole": {
              "allOf": [
                { "$ref": "#/$defs/base" },
                { "properties": { "extra": { "type": "string" }, "id": { "minLength": 1 } }, "required": ["extra"] }
              ]
            },
            "impossible": { "allOf": [{ "type": "string" }, { "type": "number" }] },
            "either": { "type": "object", "properties": { "a": { "type": "string" }, "b": { "type": "string" } }, "anyOf": [{ "required": ["a"] }, { "required": ["b"] }] },
            "nullable": { "type": "string", "nullable": true }, "secret": { "type": "string", "writeOnly": true }
          },
          "$defs": {
            "tree": { "type": "object", "required": ["left"], "properties": { "left": { "$ref": "#/$defs/tree" }, "right": { "anyOf": [{ "$ref": "#/$defs/tree" }, { "type": "null" }] }, "children": { "type": "array", "items": { "$ref": "#/$defs/tree" } } } },
            "chain": { "anyOf": [{ "type": "string" }, { "type": "object", "properties": { "next": { "$ref": "#/$defs/chain" } }, "required": ["next"] }] },
            "selfList": { "type": "array", "items": { "$ref": "#/$defs/selfList" } },
            "circleA": { "$ref": "#/$defs/circleB" }, "circleB": { "anyOf": [{ "$ref": "#/$defs/circleA" }, { "type": "null" }] },
            "named": { "$anchor": "here", "type": "object", "properties": { "x": { "type": "string" } } },
            "odd/name x": { "type": "object", "properties": { "x": { "type": "string" } } },
            "base": { "type": "object", "properties": { "id": { "type": "string" }, "made": { "type": "string" } }, "required": ["id"] }
          }
        }
        """#

    static func project() throws -> Project {
        let schema = JSONSource(text: nasty, file: "footing/contracts/nasty.json", line: 1)
        let model = JSONSource(
            text:
                #"{"id": "$[\"a-b\"]", "kind": "$.shape.kind", "far": "$.grid[0][1].x", "gone": {"pick": "$.nope", "default": 3}, "sum": {"pick": "$.counts.a", "convert": {"money": "EUR"}}, "left": "$.tree.left.left", "round": "$.circle.x", "least": "$.loose[-9223372036854775808]", "program": {"jq": "[.grid[][] | {x, y: (.x // 0)}]"}}"#,
            file: "footing/providers/x.yaml", line: 1)
        var operations = try [
            Operation(
                name: "get", about: "Ends */ here\nand goes on", method: "GET", path: PathTemplate("/a/{b}/{c-d}")),
            Operation(
                name: "then", method: "POST", path: PathTemplate("/then"), risk: .write,
                request: RequestContract(query: schema, body: schema), response: schema),
            Operation(name: "default", method: "GET", path: PathTemplate("/d"), response: schema, model: model),
            Operation(name: "slow", method: "GET", path: PathTemplate("/slow"), latency: .slow, response: schema),
            Operation(
                name: "program", method: "GET", path: PathTemplate("/p"), response: schema,
                model: JSONSource(text: #"{"jq": ".shape | {kind, n: [.x[]?] | length}"}"#, file: "", line: 1)),
        ]
        operations.append(operations[0])
        let recipe = Recipe(name: "class", input: schema, steps: [])
        return Project(
            name: "hostile",
            providers: ["tasks", "options", "class", "a-b", "a", "footing-client"].map {
                Provider(name: $0, about: "It */ ends", operations: operations)
            }, recipes: [recipe, Recipe(name: "free", steps: [])])
    }
}
