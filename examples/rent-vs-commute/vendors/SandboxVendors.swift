import ArgumentParser
import Foundation
import Hummingbird

/// The three vendors of the example, on three ports of the loopback interface.
@main
struct SandboxVendors: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox-vendors",
        abstract: "Three vendors to try Footing on: a geocoder, a transit planner and rents, all of Berlin.",
        discussion: """
            Keys come from the environment: GEOCODER_KEY, TRANSIT_KEY and RENTS_KEY, several separated by commas.
            Each port also answers POST /_control/keys, drift, down and reset, and GET /_control/stats.
            """)

    @Option(help: "Port of the geocoder (header X-Api-Key).")
    var geocoderPort = 8791
    @Option(help: "Port of the transit planner (query key=...).")
    var transitPort = 8792
    @Option(help: "Port of the rents (bearer token).")
    var rentsPort = 8793
    @Option(help: ArgumentHelp("A vendor that answers in a changed shape; may be repeated.", valueName: "vendor"))
    var drift: [String] = []
    @Option(help: ArgumentHelp("A vendor that is out of order; may be repeated.", valueName: "vendor"))
    var down: [String] = []
    @Option(help: "Shifts which requests meet an error.")
    var seed = 0
    @Option(help: "How many times faster than life; 20 makes a ten-second answer take half a second.")
    var speed = 1.0
    @Option(help: "The folder with the data files.")
    var data: String?

    func validate() throws {
        guard speed > 0, speed.isFinite else { throw ValidationError("--speed must be over 0.") }
        guard (0...1_000_000).contains(seed) else { throw ValidationError("--seed must be from 0 to 1000000.") }
        for name in drift + down where !["geocoder", "transit", "rents"].contains(name) {
            throw ValidationError("There is no vendor \"\(name)\": geocoder, transit, rents.")
        }
    }

    func run() async throws {
        let folder = DataFolder(path: data)
        let network = try folder.read(NetworkFile.self, from: "network.json")
        let areas = try folder.read(AreaFile.self, from: "areas.json")
        let places = try folder.read(PlaceFile.self, from: "places.json")
        let geocoder = application(
            GeocoderVendor(places: places.places, stations: network.stations, areas: areas.areas), geocoderPort)
        let transit = application(TransitVendor(network: Network(network)), transitPort)
        var rents = application(RentsVendor(file: areas), rentsPort)
        rents.addServices(geocoder, transit)
        // No orderly end: a vendor told to hang would hold it up, and there is nothing to lose.
        try await rents.runService(gracefulShutdownSignals: [])
    }

    private func application(
        _ vendor: any Vendor, _ port: Int
    ) -> Application<CallbackResponder<BasicRequestContext>> {
        let value = ProcessInfo.processInfo.environment[vendor.keyVariable] ?? ""
        let keys = Set(value.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { $0 != "" })
        if keys.isEmpty {
            let line = "\(vendor.name): \(vendor.keyVariable) is not set, so every call is refused.\n"
            FileHandle.standardError.write(Data(line.utf8))
        }
        let desk = Desk(
            vendor: vendor, keys: keys, speed: speed, seed: seed, drift: drift.contains(vendor.name),
            down: down.contains(vendor.name))
        return Listener(desk: desk, port: port).application()
    }
}
