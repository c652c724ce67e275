import Contracts
import Gateway
import HTTPTypes
import Hummingbird
import NIOCore
import Store

extension Request {
    /// The whole body, at most `limit` bytes.
    mutating func wholeBody(limit: Int) async throws -> ByteBuffer {
        let tooLarge = Problem(
            "body_too_large", source: .caller, status: 413, title: "The request is too large",
            detail: "That is more than can be sent at once (\(limit >> 10) KiB).")
        if let length = headers[.contentLength].flatMap({ Int($0) }), length > limit { throw tooLarge }
        do {
            return try await collectBody(upTo: limit)
        } catch is NIOTooManyBytesError {
            throw tooLarge
        }
    }

    /// The body as a JSON object.
    mutating func jsonObject(limit: Int) async throws -> JSONObject {
        let body = try await wholeBody(limit: limit)
        do {
            let value = try JSONValue.parse(Array(body.readableBytesView))
            guard let object = value.objectValue else { throw Problem.badRequest("The body must be a JSON object.") }
            return object
        } catch let error as JSONError {
            throw Problem.badRequest(
                "The body is not JSON: \(error.message), line \(error.line), column \(error.column).",
                faults: [Problem.Fault(pointer: error.pointer, message: error.message)])
        }
    }

    /// The caller's `Idempotency-Key`, 1 to 255 visible characters.
    func idempotencyKey() throws -> String? {
        guard let name = HTTPField.Name("Idempotency-Key"), let key = headers[name] else { return nil }
        guard IdempotencyKey.isValid(key) else { throw IdempotencyKey.problem }
        return key
    }

    /// A query parameter, decoded; nil when absent or empty.
    func parameter(_ name: String) -> String? {
        guard let value = uri.queryParameters[Substring(name)].map(String.init), !value.isEmpty else { return nil }
        return value
    }

    /// A whole number from the query between 1 and `maximum`.
    func limit(default standard: Int, maximum: Int) throws -> Int {
        guard let text = parameter("limit") else { return standard }
        guard let number = Int(text), (1...maximum).contains(number) else {
            throw Problem.badRequest("limit must be a whole number from 1 to \(maximum).")
        }
        return number
    }
}
