import Testing

@testable import sandbox_vendors

@Suite("The data of Berlin")
struct BerlinDataTests {
    @Test("the files hold as much as the example promises")
    func amounts() throws {
        #expect(try Fixtures.areas().areas.count >= 30)
        #expect(try Fixtures.network().stations.count >= 60)
        #expect(try Fixtures.places().places.count >= 40)
    }

    @Test("every line names known stations and has a running time for every hop")
    func lines() throws {
        let file = try Fixtures.network()
        let known = Set(file.stations.map(\.id))
        #expect(known.count == file.stations.count)
        for line in file.lines {
            #expect(line.stations.allSatisfy(known.contains), "\(line.id)")
            #expect(line.minutes.count == line.stations.count - 1, "\(line.id)")
            #expect(line.minutes.allSatisfy { (1...12).contains($0) }, "\(line.id)")
            #expect((2...30).contains(line.headway), "\(line.id)")
        }
        #expect(file.footpaths.allSatisfy { known.contains($0.from) && known.contains($0.to) })
        #expect(Network(file).lines.count == file.lines.count)
    }

    @Test("no train is faster than trains are")
    func speeds() throws {
        let file = try Fixtures.network()
        let positions = Dictionary(uniqueKeysWithValues: file.stations.map { ($0.id, $0.position) })
        for line in file.lines {
            for (hop, minutes) in line.minutes.enumerated() {
                let left = try #require(positions[line.stations[hop]])
                let right = try #require(positions[line.stations[hop + 1]])
                let speed = left.distance(to: right) / minutes * 60
                #expect((6...85).contains(speed), "\(line.id) after \(line.stations[hop]): \(speed) km/h")
            }
        }
    }

    @Test("everything lies in and around Berlin")
    func positions() throws {
        let all =
            try Fixtures.network().stations.map(\.position) + Fixtures.areas().areas.map(\.position)
            + Fixtures.places().places.map(\.position)
        #expect(all.allSatisfy { (52.33...52.69).contains($0.lat) && (13.05...13.80).contains($0.lon) })
    }

    @Test("every neighbourhood has a station within walking distance and a plausible rent")
    func neighbourhoods() throws {
        let stations = try Fixtures.network().stations
        let file = try Fixtures.areas()
        #expect(Set(file.areas.map(\.id)).count == file.areas.count)
        for area in file.areas {
            let nearest = stations.map { $0.position.distance(to: area.position) }.min() ?? .infinity
            #expect(nearest < 1.3, "\(area.name): \(nearest) km")
            #expect((7...25).contains(area.medianRent), "\(area.name)")
        }
        #expect(file.year == 2023)
        #expect(file.source.contains("IBB"))
    }

    @Test("one can get from everywhere to everywhere")
    func connected() throws {
        let file = try Fixtures.network()
        let tree = RouteTree(Network(file), to: try #require(file.stations.first).position)
        for station in file.stations {
            #expect((tree.minutes(fromStation: station.id) ?? .infinity) < 120, "\(station.name)")
        }
    }
}
