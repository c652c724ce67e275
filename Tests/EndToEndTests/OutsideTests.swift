import Foundation
import Testing

/// What comes from outside: hostile callers, hostile vendors, and SDKs that know nothing of Footing.
@Suite("Outside, end to end", .serialized, .enabled(if: PythonDriver.isThere, "python3 is not installed"))
struct OutsideTests {
    @Test("nothing that nginx or haproxy refuses gets through, and what is forwarded can be read in one way only")
    func malformedRequests() async throws {
        let broken = try await PythonDriver.run("Hostile/malformed.py")
        #expect(broken.isEmpty)
    }

    @Test("callers that never end their head, never send their body or never read their answer are bounded")
    func hostileCallers() async throws {
        let broken = try await PythonDriver.run("Hostile/callers.py", ["--callers", "50", "--patience", "60"])
        #expect(broken.isEmpty)
    }

    @Test(
        "WebSockets, trailers, HEAD, 100-continue and events pass as they are; leaving, reloading and ending lose nothing"
    )
    func passing() async throws {
        let broken = try await PythonDriver.run("Passing/run.py")
        #expect(broken.isEmpty)
    }

    @Test(
        "a vendor that does everything wrong costs bounded time and memory, ends in the right problem, and leaks nothing"
    )
    func hostileVendor() async throws {
        let calls = ProcessInfo.processInfo.environment["FOOTING_VENDOR_CALLS"] ?? "3000"
        let broken = try await PythonDriver.run("Hostile/vendor.py", ["--calls", calls], within: .seconds(3600))
        #expect(broken.isEmpty)
    }

    @Test(
        "the SDKs of OpenAI, Stripe and AWS work with only the base URL and the key changed; Pact's own implementation agrees",
        .enabled(if: PythonDriver.withSDKs != nil, "the SDKs are not installed; bin/test does that"))
    func realSDKs() async throws {
        let broken = try await PythonDriver.run("SDKs/run.py", python: PythonDriver.withSDKs)
        #expect(broken.isEmpty)
    }

    @Test(
        "the HTTP API is what /openapi.json says it is",
        .enabled(if: PythonDriver.withSDKs != nil, "schemathesis is not installed; bin/test does that"))
    func describedAPI() async throws {
        let broken = try await PythonDriver.run("API/run.py", python: PythonDriver.withSDKs)
        #expect(broken.isEmpty)
    }
}
