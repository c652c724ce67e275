import Hummingbird
import Synchronization

/// Which methods the routes take, by path: what a wrong method is answered with (RFC 9110, 15.5.6).
final class AllowedMethods: Sendable {
    private struct Path {
        let parts: [Substring]
        var methods: Set<String>

        /// How exactly each part names what it stands for: the router takes the most exact path alone.
        var exactness: [Int] { parts.map { $0 == "**" ? 0 : $0.hasPrefix("{") ? 1 : 2 } }

        /// `{name}` stands for one part, `**` for all that follow.
        func matches(_ asked: [Substring]) -> Bool {
            for (index, part) in parts.enumerated() {
                if part == "**" { return asked.count > index }
                guard asked.indices.contains(index), part.hasPrefix("{") || part == asked[index] else { return false }
            }
            return asked.count == parts.count
        }
    }

    private let paths = Mutex<[Path]>([])

    /// To be told once, when all routes are there.
    func learn(_ routes: [(method: String, path: String)]) {
        var known: [String: Path] = [:]
        for route in routes {
            let parts = route.path.split(separator: "/")
            known[route.path, default: Path(parts: parts, methods: [])].methods.insert(route.method)
        }
        paths.withLock { $0 = Array(known.values) }
    }

    /// Sorted; empty for a path that no route has.
    func methods(of path: String) -> [String] {
        let asked = path.split(separator: "/")
        let path = paths.withLock { paths in
            paths.filter { $0.matches(asked) }.max { $0.exactness.lexicographicallyPrecedes($1.exactness) }
        }
        let methods = path?.methods ?? []
        return methods.contains("GET") ? methods.union(["HEAD"]).sorted() : methods.sorted()
    }
}

extension Router {
    /// Every route as method and path: `GET`, `/v1/tasks/{id}`.
    var methodsAndPaths: [(method: String, path: String)] {
        routes.map { route in
            let path = route.path.description
            return (route.method.rawValue, path.hasPrefix("/") ? path : "/" + path)
        }
    }
}
