package import Contracts

/// A description of the size that large providers publish, made up: circular schemas with many members.
package enum LargeDocument {
    package static func value(operations: Int, schemas: Int) -> JSONValue {
        var parts = JSONObject()
        for number in 0..<schemas {
            var members: JSONObject = [
                "id": ["type": "string", "maxLength": 5000], "object": ["enum": ["thing\(number)"]],
            ]
            for member in 0..<20 {
                members["field_\(member)"] = [
                    "type": "string", "nullable": true,
                    "description": "What field \(member) of thing \(number) is for.",
                ]
            }
            for step in [1, 7, 31] {
                members["other_\(step)"] = ["$ref": .string("#/components/schemas/thing\((number + step) % schemas)")]
            }
            parts["thing\(number)"] = ["type": "object", "required": ["id", "object"], "properties": .object(members)]
        }
        var paths = JSONObject()
        for number in 0..<operations {
            paths["/v1/things\(number)/{id}"] = [
                "get": [
                    "operationId": .string("GetThing\(number)"),
                    "parameters": [["name": "id", "in": "path", "required": true, "schema": ["type": "string"]]],
                    "responses": [
                        "200": [
                            "content": [
                                "application/json": [
                                    "schema": ["$ref": .string("#/components/schemas/thing\(number % schemas)")]
                                ]
                            ]
                        ]
                    ],
                ]
            ]
        }
        return [
            "openapi": "3.0.0", "servers": [["url": "https://api.example.com"]], "paths": .object(paths),
            "components": ["schemas": .object(parts)],
        ]
    }
}
