import Contracts

/// One route of our own HTTP API, as its description tells it.
struct APIOperation: Sendable {
    /// Who may use it.
    enum Access: Sendable {
        /// No token is needed.
        case open
        /// Any caller; what it sees depends on its scopes.
        case token
        /// The scope `admin`.
        case admin
    }

    /// What comes besides path and body.
    struct Parameter: Sendable {
        let name: String
        /// `query` or `header`.
        let place: String
        let about: String
        let schema: JSONValue

        static func query(_ name: String, _ about: String, _ schema: JSONValue) -> Parameter {
            Parameter(name: name, place: "query", about: about, schema: schema)
        }

        static func header(_ name: String, _ about: String, _ schema: JSONValue) -> Parameter {
            Parameter(name: name, place: "header", about: about, schema: schema)
        }
    }

    /// One way in which it is answered when all goes well; failures are the same for all.
    struct Answer: Sendable {
        let status: Int
        let about: String
        /// nil: no content.
        let type: String?
        /// nil: any bytes of that type.
        let schema: JSONValue?

        static func json(status: Int = 200, _ about: String, _ schema: JSONValue) -> Answer {
            Answer(status: status, about: about, type: "application/json", schema: schema)
        }

        static func bytes(status: Int = 200, _ about: String, _ type: String) -> Answer {
            Answer(status: status, about: about, type: type, schema: nil)
        }

        static func empty(status: Int = 200, _ about: String) -> Answer {
            Answer(status: status, about: about, type: nil, schema: nil)
        }
    }

    /// `GET`.
    let method: String
    /// `/v1/tasks/{id}`.
    let path: String
    /// Its name for generated clients: `listTasks`.
    let id: String
    let tag: String
    let access: Access
    let about: String
    var parameters: [Parameter] = []
    /// The schema of a JSON body; nil: none is read.
    var body: JSONValue?
    let answers: [Answer]
}
