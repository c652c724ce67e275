import Contracts
import Gateway
import HTTPTypes
import Hummingbird
import NIOCore
import Store

extension JSONObject {
    /// Throws the problem that names the members nobody knows.
    func refuseUnknown(_ known: Set<String>) throws {
        let faults = keys.filter { !known.contains($0) }.map { Problem.Fault(pointer: "/\($0)", message: "is unknown") }
        guard faults.isEmpty else {
            throw Problem.badRequest("The body has an unknown member.", faults: faults)
        }
    }
}

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
        try number("limit", 1...maximum) ?? standard
    }

    /// A whole number from the query; nil when absent.
    func number(_ name: String, _ range: ClosedRange<Int>) throws -> Int? {
        guard let text = uri.queryParameters[Substring(name)] else { return nil }
        return try Self.number(name, String(text), range)
    }

    static func number(_ name: String, _ text: String, _ range: ClosedRange<Int>) throws -> Int {
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text), range.contains(number)
        else {
            let most = range.upperBound == .max ? "upwards" : "to \(range.upperBound)"
            throw Problem.badRequest("\(name) must be a whole number from \(range.lowerBound) \(most).")
        }
        return number
    }

    /// One of a few words from the query; nil when absent.
    func choice(_ name: String, _ words: [String]) throws -> String? {
        guard let text = uri.queryParameters[Substring(name)].map(String.init) else { return nil }
        guard words.contains(text) else {
            throw Problem.badRequest("\(name) is one of \(words.joined(separator: ", ")).")
        }
        return text
    }
}
