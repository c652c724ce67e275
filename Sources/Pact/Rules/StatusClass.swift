/// A set of status codes.
enum StatusClass: Sendable, Hashable {
    case range(ClosedRange<Int>, String)
    case codes([Int])

    /// The classes that Pact has a name for.
    init?(name: String) {
        switch name {
        case "info": self = .range(100...199, "informational answer (1xx)")
        case "success": self = .range(200...299, "success (2xx)")
        case "redirect": self = .range(300...399, "redirect (3xx)")
        case "clientError": self = .range(400...499, "client error (4xx)")
        case "serverError": self = .range(500...599, "server error (5xx)")
        case "nonError": self = .range(100...399, "non-error (below 400)")
        case "error": self = .range(400...999, "error (400 or above)")
        default: return nil
        }
    }

    func contains(_ status: Int) -> Bool {
        switch self {
        case .range(let range, _): range.contains(status)
        case .codes(let codes): codes.contains(status)
        }
    }

    var words: String {
        switch self {
        case .range(_, let words): words
        case .codes(let codes): "one of \(codes.map(String.init).joined(separator: ", "))"
        }
    }
}
