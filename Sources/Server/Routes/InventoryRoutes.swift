import Contracts
import Hummingbird

/// What became of the last changes of the inventory: `GET /v1/inventory`. Needs the scope `admin`.
struct InventoryRoutes {
    let recognition: CallerRecognition
    let report: ReloadReport

    func add(to router: Router<ServerContext>) {
        router.group("v1").add(middleware: AdminOnly(recognition: recognition)).get("inventory") { _, _ in
            Response(json: report.json)
        }
    }
}
