import Contracts
import Hummingbird

/// `/healthz`: the process answers. `/readyz`: it may be sent work.
struct HealthRoutes {
    let readiness: Readiness

    func add(to router: Router<ServerContext>) {
        router.get("healthz") { _, _ in Response(json: ["status": "ok"]) }
        router.get("readyz") { _, _ in
            if let problem = readiness.problem { throw problem }
            return Response(json: ["status": "ok"])
        }
    }
}
