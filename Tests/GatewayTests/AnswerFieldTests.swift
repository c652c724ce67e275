import Access
import Inventory
import NIOCore
import Testing
import Wire

@testable import Gateway

@Suite("What an answer says beside its content")
struct AnswerFieldTests {
    @Test("a limited caller reads on every answer what is left")
    func rateLimit() async throws {
        let world = try await World()
        let token = try await world.tokens.issue(name: "app", scopes: ["call:rents.*"]).text
        for left in [399, 398] {
            world.vendor.answer(200, "{}", [.rateLimit: "\"vendor\";r=1;t=1"])
            let caller = try await world.begin("GET", "/p/rents/v1/plain", token: token)
            try await caller.ended()
            let fields = try await caller.read { $0.heads[0].fields }
            // The manual clock stands still, so nothing comes back.
            #expect(fields[.rateLimit]?.hasPrefix("\"token\";r=\(left)") == true, "\(fields[.rateLimit] ?? "")")
        }
    }

    @Test("a method that the inventory does not have is refused with those it has")
    func allow() async throws {
        let world = try await World(environment: .production)
        let caller = try await world.begin("DELETE", "/p/rents/v1/rents/mitte")
        try await caller.ended()
        let head = try await caller.read { $0.heads[0] }
        #expect(head.status == 405)
        #expect(head.fields[.allow] == "GET, HEAD")
    }
}
