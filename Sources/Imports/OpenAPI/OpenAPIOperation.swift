import Contracts

/// One operation of a description as it stands there.
struct OpenAPIOperation {
    static let methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"]

    /// In capitals.
    let method: String
    let path: String
    let id: String?
    let tags: [String]
    let value: JSONValue
    let place: DocumentPlace
    /// Parameters of the whole path.
    let shared: JSONValue?
    let sharedPlace: DocumentPlace
}
