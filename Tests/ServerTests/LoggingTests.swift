import Access
import Contracts
import Logging
import Store
import Synchronization
import TestSupport
import Testing

@testable import Server

@Suite("Log lines")
struct LoggingTests {
    @Test("a record is one line of JSON without known secrets, whatever is in it")
    func line() throws {
        let lines = Lines()
        let scrubber = SecretScrubber([Secret(name: "rents-key", value: "s3cr3t-value-1")])
        let output = LogOutput(scrubber: { scrubber }) { lines.add($0) }
        var logger = Logger(label: "footing") {
            JSONLineHandler(label: $0, level: .info, clock: ManualClock(), output: output)
        }
        logger[metadataKey: "request_id"] = "r_1"
        logger.info(
            "vendor said \"no\"\nInjected: s3cr3t-value-1",
            metadata: ["status": "429", "ms": "12.5", "reason": "key=s3cr3t-value-1"])
        logger.debug("not shown")
        let line = try #require(lines.all.first)
        #expect(lines.all.count == 1)
        #expect(!line.contains("\n") && !line.contains("s3cr3t-value-1"))
        let json = try JSONValue.parse(line)
        #expect(json["status"] == 429)
        #expect(json["ms"] == 12.5)
        #expect(json["request_id"] == "r_1")
        #expect(json["reason"] == "key=[secret rents-key]")
    }
}

private final class Lines: Sendable {
    private let lines = Mutex<[String]>([])

    func add(_ line: String) { lines.withLock { $0.append(line) } }
    var all: [String] { lines.withLock { $0 } }
}
