import Access
import Contracts
import Gateway
import Hummingbird
import Logging
import Review
import Store

/// What is kept of providers' answers, and how to forget it: `GET` and `DELETE /v1/cache`, `DELETE /v1/cache/{provider}`.
/// Needs the scope `admin`.
struct CacheRoutes {
    let recognition: CallerRecognition
    let corridor: Corridor
    let cache: AnswerCache
    let logger: Logger

    func add(to router: Router<ServerContext>) {
        let group = router.group("v1/cache").add(middleware: AdminOnly(recognition: recognition))
        group.get { _, _ in Response(json: CacheView.json(cache.census())) }
        group.delete { _, context in removed(cache.purge(), of: "all", context) }
        group.delete("{provider}") { _, context in
            let name = try context.parameters.require("provider")
            guard corridor.routes.provider(name) != nil || cache.census().providers[name] != nil else {
                throw Problem.notFound("The inventory has no such provider.")
            }
            return removed(cache.purge(provider: name), of: name, context)
        }
    }

    private func removed(_ count: Int, of provider: String, _ context: ServerContext) -> Response {
        logger.info(
            "cache purged",
            metadata: [
                "provider": "\(provider)", "answers": "\(count)", "by": "\(context.caller?.name ?? "unknown")",
            ])
        return Response(json: ["removed": JSONValue(count)])
    }
}
