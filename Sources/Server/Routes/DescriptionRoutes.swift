import Contracts
import Hummingbird
import NIOCore

/// `/openapi.json`: what this API looks like, for programs. Needs no token: it tells nothing of the project.
struct DescriptionRoutes {
    private static let content = ByteBuffer(bytes: OpenAPIDocument.json.encoded())

    func add(to router: Router<ServerContext>) {
        router.get("openapi.json") { _, _ in
            Response(
                status: .ok, headers: [.contentType: "application/json", .cacheControl: "no-cache"],
                body: ResponseBody(byteBuffer: Self.content))
        }
    }
}
