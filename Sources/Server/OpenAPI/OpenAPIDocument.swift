package import Contracts

/// Our own HTTP API as an OpenAPI 3.1 document, made from the table of its routes.
package enum OpenAPIDocument {
    package static let json = make(APIDescription.operations)

    static func make(_ operations: [APIOperation]) -> JSONValue {
        var paths = JSONObject()
        for operation in operations {
            var item = paths[operation.path]?.objectValue ?? [:]
            item[operation.method.lowercased()] = describe(operation)
            paths[operation.path] = .object(item)
        }
        return [
            "openapi": "3.1.0",
            "info": [
                "title": "Footing", "version": "1",
                "description":
                    "Tasks, calls and operation of one Footing server. Calls in a provider's own shape go to /p/PROVIDER/PATH, which is not described here.",
                "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
            ],
            "servers": [["url": "/"]],
            "paths": .object(paths),
            "components": [
                "schemas": .object(APISchemas.components),
                "responses": [
                    "Problem": [
                        "description": "Why it was not done (RFC 9457).",
                        "content": ["application/problem+json": ["schema": APISchemas.reference("Problem")]],
                    ]
                ],
                "securitySchemes": [
                    "token": [
                        "type": "http", "scheme": "bearer", "description": "A token of `footing token new`.",
                    ]
                ],
            ],
        ]
    }

    private static func describe(_ operation: APIOperation) -> JSONValue {
        var object: JSONObject = [
            "operationId": .string(operation.id), "tags": [.string(operation.tag)],
            "summary": .string(operation.about),
        ]
        let parameters = pathParameters(operation.path) + operation.parameters.map(describe)
        if !parameters.isEmpty { object["parameters"] = .array(parameters) }
        if let body = operation.body {
            object["requestBody"] = ["required": true, "content": ["application/json": ["schema": body]]]
        }
        object["responses"] = responses(operation)
        switch operation.access {
        case .open: object["security"] = []
        case .token: object["security"] = [["token": []]]
        case .admin: object["security"] = [["token": ["admin"]]]
        }
        return .object(object)
    }

    private static func pathParameters(_ path: String) -> [JSONValue] {
        path.split(separator: "/").filter { $0.hasPrefix("{") && $0.hasSuffix("}") }.map { part in
            [
                "name": .string(String(part.dropFirst().dropLast())), "in": "path", "required": true,
                "schema": ["type": "string", "minLength": 1],
            ]
        }
    }

    private static func describe(_ parameter: APIOperation.Parameter) -> JSONValue {
        [
            "name": .string(parameter.name), "in": .string(parameter.place), "description": .string(parameter.about),
            "schema": parameter.schema,
        ]
    }

    private static func responses(_ operation: APIOperation) -> JSONValue {
        var responses = JSONObject()
        for answer in operation.answers {
            let status = String(answer.status)
            var object = responses[status]?.objectValue ?? ["description": .string(answer.about)]
            if let type = answer.type {
                var content = object["content"]?.objectValue ?? [:]
                content[type] = answer.schema.map { ["schema": $0] } ?? [:]
                object["content"] = .object(content)
            }
            responses[status] = .object(object)
        }
        for status in ["4XX", "5XX"] { responses[status] = ["$ref": "#/components/responses/Problem"] }
        return .object(responses)
    }
}
