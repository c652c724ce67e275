import Testing

@testable import sandbox_vendors

@Suite("Routes")
struct RouteTests {
    private static func minutes(from: String, to: String) throws -> Double {
        let file = try Fixtures.network()
        let end = try #require(file.stations.first { $0.id == to })
        return try #require(RouteTree(Network(file), to: end.position).minutes(fromStation: from))
    }

    /// With the mean wait for the first train and the ways to and from the platforms.
    @Test(
        "well-known ways take about as long as in the city",
        arguments: [
            ("spandau", "alexanderplatz", 25.0...45.0),
            ("zoologischer-garten", "alexanderplatz", 13.0...24.0),
            ("alt-tegel", "friedrichstrasse", 20.0...35.0),
            ("rudow", "hermannplatz", 15.0...30.0),
            ("wannsee", "potsdamer-platz", 30.0...45.0),
            ("flughafen-ber", "alexanderplatz", 35.0...60.0),
            ("hellersdorf", "hauptbahnhof", 32.0...50.0),
            ("ostkreuz", "suedkreuz", 12.0...26.0),
            ("pankow", "kottbusser-tor", 15.0...35.0),
        ])
    func knownWays(from: String, to: String, range: ClosedRange<Double>) throws {
        let minutes = try Self.minutes(from: from, to: to)
        #expect(range.contains(minutes), "\(minutes) minutes")
    }

    @Test("what is near is walked")
    func onFoot() throws {
        let tree = RouteTree(Network(try Fixtures.network()), to: Position(lat: 52.5219, lon: 13.4132))
        let journey = tree.journey(from: Position(lat: 52.5225, lon: 13.4085))
        #expect(journey.legs.isEmpty)
        #expect(journey.via == "on foot")
        #expect(journey.minutes < 8)
    }

    @Test("a change costs minutes and shows in the legs, which add up")
    func changes() throws {
        let tree = RouteTree(Network(try Fixtures.network()), to: Position(lat: 52.5219, lon: 13.4132))
        let journey = tree.journey(from: Position(lat: 52.4995, lon: 13.4265))
        #expect(journey.legs.map(\.line) == ["U1", "U8"])
        #expect(journey.transfers == 1)
        #expect(journey.legs.first?.to == journey.legs.last?.from)
        #expect(journey.walk + journey.ride < journey.minutes)
    }

    @Test("from far outside the nearest station is used")
    func farAway() throws {
        let tree = RouteTree(Network(try Fixtures.network()), to: Position(lat: 52.5219, lon: 13.4132))
        let journey = tree.journey(from: Position(lat: 52.70, lon: 13.20))
        #expect(journey.minutes > 60)
        #expect(journey.minutes.isFinite)
    }

    @Test("the queue gives the fewest minutes first, then the lower node")
    func queue() {
        var queue = MinuteQueue()
        for (node, minutes) in [(4, 3.0), (2, 1.0), (9, 2.0), (1, 2.0), (7, 5.0)] {
            queue.push(node: node, minutes: minutes)
        }
        var order: [Int] = []
        while let next = queue.pop() { order.append(next.node) }
        #expect(order == [2, 1, 9, 4, 7])
    }
}
