import Access
import Testing

@Suite("Scopes")
struct ScopeTests {
    @Test(
        "what is written is what is read",
        arguments: ["admin", "call:*", "call:rents.*", "call:rents.search", "task:*", "task:commute-report"])
    func roundTrip(_ text: String) throws {
        #expect(try Scope(parsing: text).description == text)
    }

    @Test(
        "anything else is refused with the forms that are understood",
        arguments: [
            "", "Admin", "admin ", "call", "call:", "call:rents", "call:rents.", "call:.search", "call:*.search",
            "call:*.*", "call:rents.*.x", "call:rents.se arch", "call:Rents.search", "task:", "task:a.b", "task:*x",
            "read:*", "call:rents.search\n", "call:rents.search,call:*", "*", "*:*",
            String(repeating: "x", count: 9999),
        ])
    func refused(_ text: String) async {
        let error = await expectAccessError(.scopeInvalid) { _ = try Scope(parsing: text) }
        #expect(error?.reason.contains("call:rents.*") == true)
        #expect(error.map { $0.reason.utf8.count < 300 } == true)
    }

    @Test(
        "a scope covers itself and what is inside it, nothing else",
        arguments: [
            ("admin", "call:* call:a.* call:a.b task:* task:r admin", ""),
            ("call:*", "call:* call:a.* call:a.b", "task:* task:r admin"),
            ("call:a.*", "call:a.* call:a.b", "call:* call:b.* call:b.a call:aa.b task:a admin"),
            ("call:a.b", "call:a.b", "call:* call:a.* call:a.c call:b.b task:* admin"),
            ("task:*", "task:* task:r", "call:* call:a.b admin"),
            ("task:r", "task:r", "task:* task:rr call:r.r admin"),
        ])
    func covering(_ scope: String, _ inside: String, _ outside: String) throws {
        let scope = try Scope(parsing: scope)
        for text in inside.split(separator: " ") { #expect(try scope.covers(Scope(parsing: String(text)))) }
        for text in outside.split(separator: " ") { #expect(try !scope.covers(Scope(parsing: String(text)))) }
    }

    @Test("a caller may do what one of its scopes allows")
    func caller() {
        let caller = Caller(
            id: "t_1", name: "browser", tenant: "main", scopes: [.provider("rents"), .recipe("commute-report")])
        #expect(caller.mayCall(provider: "rents", operation: "search"))
        #expect(!caller.mayCall(provider: "transit", operation: "search"))
        #expect(caller.mayRun(recipe: "commute-report") && !caller.mayRun(recipe: "other"))
        #expect(!caller.isAdmin)
    }
}
