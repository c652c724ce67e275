extension SwiftWriter {
    /// The part of every file that does not depend on the project.
    static let runtime = #"""

        extension FootingClient {
            /// A task by its id, such as one kept from an earlier start of the app.
            public func task<Answer: Decodable & Sendable>(_ id: String, of answer: Answer.Type = FootingJSON.self) -> FootingTask<Answer> {
                FootingTask(client: self, id: id)
            }

            /// Any request to Footing's API; throws `FootingProblem` for every failure that came as an answer.
            public func send<Answer: Decodable>(
                _ method: String, _ path: String, body: Data? = nil, key: String? = nil
            ) async throws -> Answer {
                var headers = ["Accept": "application/json"]
                if body != nil { headers["Content-Type"] = "application/json" }
                if let key { headers["Idempotency-Key"] = key }
                let response = try await transport.send(
                    FootingRequest(method: method, path: path, headers: headers, body: body))
                guard (200..<300).contains(response.status) else {
                    throw FootingProblem(status: response.status, body: response.body)
                }
                return try JSONDecoder().decode(Answer.self, from: response.body.isEmpty ? Data("null".utf8) : response.body)
            }

            func call<Input: Encodable, Answer: Decodable>(_ path: String, _ input: Input, key: String?) async throws -> Answer {
                try await send("POST", path, body: JSONEncoder().encode(input), key: key)
            }

            func start<Input: Encodable, Answer: Decodable & Sendable>(
                _ path: String, _ input: Input, key: String?
            ) async throws -> FootingTask<Answer> {
                let task: FootingTaskState<FootingJSON> = try await call(path, input, key: key)
                return FootingTask(client: self, id: task.id)
            }
        }

        /// Carries requests to Footing; a test gives its own.
        public protocol FootingTransport: Sendable {
            func send(_ request: FootingRequest) async throws -> FootingResponse
        }

        public struct FootingRequest: Sendable {
            public var method: String
            /// From `/v1/` on, with its query.
            public var path: String
            public var headers: [String: String]
            public var body: Data?
        }

        public struct FootingResponse: Sendable {
            public var status: Int
            public var body: Data

            public init(status: Int, body: Data) {
                self.status = status
                self.body = body
            }
        }

        /// Carries requests with `URLSession`.
        public struct FootingURLTransport: FootingTransport {
            public let baseURL: String
            /// A token of `footing token new`.
            public let token: String?
            public let session: URLSession

            public init(baseURL: String, token: String? = nil, session: URLSession = .shared) {
                self.baseURL = baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL
                self.token = token
                self.session = session
            }

            public func send(_ request: FootingRequest) async throws -> FootingResponse {
                guard let url = URL(string: baseURL + request.path) else { throw URLError(.badURL) }
                var message = URLRequest(url: url)
                message.httpMethod = request.method
                message.httpBody = request.body
                for (name, value) in request.headers { message.setValue(value, forHTTPHeaderField: name) }
                if let token { message.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization") }
                let (body, response) = try await session.data(for: message)
                return FootingResponse(status: (response as? HTTPURLResponse)?.statusCode ?? 0, body: body)
            }
        }

        /// Why a call failed (RFC 9457); `detail` may be shown to the user.
        public struct FootingProblem: Error, Hashable, Sendable, CustomStringConvertible {
            public var status: Int
            public var code: String
            /// Who failed: `caller`, `footing` or `provider`.
            public var source: String?
            public var title: String
            public var detail: String
            /// Whether the same call may succeed later.
            public var isRetryable: Bool
            /// Seconds.
            public var retryAfter: Double?
            public var provider: String?
            public var operation: String?
            public var requestID: String?
            public var errors: [FootingFault]

            public var description: String { detail.isEmpty ? title : detail }

            init(status: Int, body: Data) {
                self.init(status: status, problem: try? JSONDecoder().decode(FootingJSON.self, from: body))
            }

            init(status: Int, problem: FootingJSON?) {
                self.status = status
                code = problem?["code"]?.text ?? "unexpected"
                source = problem?["source"]?.text
                title = problem?["title"]?.text ?? "Something went wrong"
                detail = problem?["detail"]?.text ?? ""
                isRetryable = problem?["retryable"] == .bool(true)
                if case .number(let seconds)? = problem?["retry_after"] { retryAfter = seconds }
                provider = problem?["provider"]?.text
                operation = problem?["operation"]?.text
                requestID = problem?["request_id"]?.text
                errors = []
                if case .array(let faults)? = problem?["errors"] {
                    errors = faults.map {
                        FootingFault(pointer: $0["pointer"]?.text ?? "", message: $0["message"]?.text ?? "")
                    }
                }
            }
        }

        public struct FootingFault: Hashable, Sendable {
            public var pointer: String
            public var message: String
        }

        public struct FootingTaskProgress: Codable, Hashable, Sendable {
            public var done: Int
            public var total: Int
            public var step: String?
            public var text: String?
        }

        public struct FootingTaskState<Answer: Decodable & Sendable>: Decodable, Sendable {
            public var id: String
            public var recipe: String
            public var title: String
            /// `queued`, `running`, `waiting`, `done`, `failed` or `cancelled`.
            public var state: String
            public var created: String
            public var started: String?
            public var finished: String?
            public var result: Answer?
            public var problem: FootingJSON?
            public var progress: FootingTaskProgress?
            public var lastEvent: Int

            public var isOver: Bool { ["done", "failed", "cancelled"].contains(state) }

            private enum CodingKeys: String, CodingKey {
                case id, recipe, title, state, created, started, finished, result, problem, progress
                case lastEvent = "last_event"
            }
        }

        /// An event of a task's journal; `n` counts from 1 without gaps.
        public struct FootingEvent: Sendable {
            public var n: Int
            public var type: String
            /// All members.
            public var fields: FootingJSON
        }

        public struct FootingFile: Codable, Hashable, Sendable {
            public var name: String
            public var size: Int
            public var type: String
            public var sha256: String
            public var created: String
        }

        /// A task that was begun. Keep its `id` to come back to it.
        public struct FootingTask<Answer: Decodable & Sendable>: Sendable {
            let client: FootingClient
            public let id: String

            public func state() async throws -> FootingTaskState<Answer> {
                try await client.send("GET", "/v1/tasks/\(id)")
            }

            /// The journal from the event behind `after` to the last one; a reader that comes back misses nothing.
            public func follow(after: Int = 0, _ onEvent: (FootingEvent) async throws -> Void) async throws {
                var after = after
                while true {
                    let page: FootingJSON = try await client.send("GET", "/v1/tasks/\(id)/events?after=\(after)&wait=20")
                    var events: [FootingJSON] = []
                    if case .array(let found)? = page["events"] { events = found }
                    for event in events {
                        guard case .number(let number)? = event["n"], let type = event["type"]?.text else { continue }
                        after = Int(number)
                        try await onEvent(FootingEvent(n: after, type: type, fields: event))
                        if ["task.finished", "task.failed", "task.cancelled"].contains(type) { return }
                    }
                    if events.isEmpty {
                        let task: FootingTaskState<FootingJSON> = try await client.send("GET", "/v1/tasks/\(id)")
                        if task.isOver, task.lastEvent <= after { return }
                    }
                }
            }

            /// Waits for the end. Throws the task's problem where it failed or was cancelled.
            public func result() async throws -> Answer {
                let before: FootingTaskState<FootingJSON> = try await client.send("GET", "/v1/tasks/\(id)")
                try await follow(after: max(0, before.lastEvent - 1)) { _ in }
                let task = try await state()
                guard task.state == "done", let result = task.result else {
                    throw FootingProblem(
                        status: 0,
                        problem: task.problem
                            ?? .object(["code": .string("task_\(task.state)"), "title": .string("The task is \(task.state)")]))
                }
                return result
            }

            public func cancel() async throws {
                let _: FootingJSON = try await client.send("POST", "/v1/tasks/\(id)/cancel")
            }

            public func files() async throws -> [FootingFile] {
                let answer: [String: [FootingFile]] = try await client.send("GET", "/v1/tasks/\(id)/files")
                return answer["files"] ?? []
            }

            /// The content of one file.
            public func file(_ name: String) async throws -> Data {
                let path = name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? name
                let response = try await client.transport.send(
                    FootingRequest(method: "GET", path: "/v1/tasks/\(id)/files/\(path)", headers: [:], body: nil))
                guard response.status == 200 else { throw FootingProblem(status: response.status, body: response.body) }
                return response.body
            }
        }

        /// Any JSON value.
        public enum FootingJSON: Codable, Hashable, Sendable {
            case null
            case bool(Bool)
            case number(Double)
            case string(String)
            case array([FootingJSON])
            case object([String: FootingJSON])

            public subscript(name: String) -> FootingJSON? {
                if case .object(let members) = self { members[name] } else { nil }
            }

            public var text: String? {
                if case .string(let text) = self { text } else { nil }
            }

            public init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                if container.decodeNil() {
                    self = .null
                } else if let value = try? container.decode(Bool.self) {
                    self = .bool(value)
                } else if let value = try? container.decode(Double.self) {
                    self = .number(value)
                } else if let value = try? container.decode(String.self) {
                    self = .string(value)
                } else if let value = try? container.decode([FootingJSON].self) {
                    self = .array(value)
                } else {
                    self = .object(try container.decode([String: FootingJSON].self))
                }
            }

            public func encode(to encoder: any Encoder) throws {
                var container = encoder.singleValueContainer()
                switch self {
                case .null: try container.encodeNil()
                case .bool(let value): try container.encode(value)
                case .number(let value): try container.encode(value)
                case .string(let value): try container.encode(value)
                case .array(let value): try container.encode(value)
                case .object(let value): try container.encode(value)
                }
            }

            static func noMatch(_ type: String, _ decoder: any Decoder) -> DecodingError {
                .dataCorrupted(
                    DecodingError.Context(
                        codingPath: decoder.codingPath, debugDescription: "The value fits no case of \(type)."))
            }
        }

        /// Holds a value that contains values of its own kind.
        public final class FootingBox<Value: Codable & Hashable & Sendable>: Codable, Hashable, Sendable {
            public let value: Value

            public init(_ value: Value) {
                self.value = value
            }

            public init(from decoder: any Decoder) throws {
                value = try decoder.singleValueContainer().decode(Value.self)
            }

            public func encode(to encoder: any Encoder) throws {
                var container = encoder.singleValueContainer()
                try container.encode(value)
            }

            public static func == (left: FootingBox, right: FootingBox) -> Bool { left.value == right.value }

            public func hash(into hasher: inout Hasher) { hasher.combine(value) }
        }

        """#
}
