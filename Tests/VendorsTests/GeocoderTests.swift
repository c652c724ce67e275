import Foundation
import Testing

@testable import sandbox_vendors

@Suite("The geocoder")
struct GeocoderTests {
    @Test(
        "forgives case, umlauts, abbreviations, house numbers, the city and a wrong letter",
        arguments: [
            ("Alexanderplatz 1", "alexanderplatz"),
            ("ALEXANDERPLATZ", "alexanderplatz"),
            ("alexanderplatz 1, 10178 Berlin, Germany", "alexanderplatz"),
            ("Schönhauser Allee 36", "schoenhauser-allee"),
            ("schoenhauser allee", "schoenhauser-allee"),
            ("Schonhauser Allee 5", "schoenhauser-allee"),
            ("Torstr. 59", "torstrasse"),
            ("Friedrichstr 44", "friedrichstrasse"),
            ("Potsdammer Platz", "potsdamer-platz"),
            ("TU Berlin", "tu-berlin"),
            ("Straße des 17. Juni 135", "tu-berlin"),
            ("S Ostkreuz", "station-ostkreuz"),
            ("Prenzlauer Berg", "area-prenzlauer-berg"),
        ])
    func finds(text: String, id: String) throws {
        var watches = WatchBook()
        let reply = try Fixtures.geocoder()
            .answer(Fixtures.search(text), drift: false, watches: &watches, now: Fixtures.noon)
        #expect(reply.status == 200)
        let first = reply.text.range(of: #""id":"\#(id)""#)
        #expect(first != nil, "\(reply.text)")
    }

    @Test(
        "what is nothing in Berlin is not found",
        arguments: [
            "Nowhere 99999", "xyzzy", "Berlin", "12345", "!!", "Champs-Élysées", "' OR 1=1 --", "\u{0}\u{7}",
            String(repeating: "a ", count: 5000),
        ])
    func refuses(text: String) throws {
        var watches = WatchBook()
        let reply = try Fixtures.geocoder()
            .answer(Fixtures.search(text), drift: false, watches: &watches, now: Fixtures.noon)
        #expect(reply.status == 404)
        #expect(reply.text.contains("ZERO_RESULTS"))
    }

    @Test("a house number is repeated in the name")
    func houseNumber() throws {
        var watches = WatchBook()
        let reply = try Fixtures.geocoder()
            .answer(Fixtures.search("torstrasse 59a"), drift: false, watches: &watches, now: Fixtures.noon)
        #expect(reply.text.contains("Torstraße 59a, 10119 Berlin"))
    }

    @Test("every place finds itself")
    func everyPlace() throws {
        let index = PlaceIndex(try Fixtures.places().places)
        for place in try Fixtures.places().places {
            #expect(index.search(place.name).first?.place.id == place.id, "\(place.name)")
        }
    }

    @Test("the same question has the same answer, byte for byte")
    func repeatable() throws {
        var watches = WatchBook()
        let vendor = try Fixtures.geocoder()
        let replies = (0..<3).map { _ in
            vendor.answer(Fixtures.search("Kantstr 3"), drift: false, watches: &watches, now: Fixtures.noon)
        }
        #expect(Set(replies.map(\.body)).count == 1)
        #expect(Set(replies.map(\.delay)).count == 1)
    }
}
