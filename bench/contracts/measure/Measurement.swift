import Contracts

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif
#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Times the reading and judging of one set of payloads, each for some seconds.
struct Measurement {
    let seconds: Double
    let scratch = JSONScratch()

    func run(_ folder: URL) throws -> JSONValue {
        let json = try JSONValue.parse([UInt8](Data(contentsOf: folder.appending(path: "schema.json"))))
        let began = Measurement.now()
        let schema = try Schema.compile(json)
        let compile = Measurement.now() - began
        let text = [UInt8](try Data(contentsOf: folder.appending(path: "instances.jsonl")))
        let payloads = text.split(separator: UInt8(ascii: "\n")).map(Array.init)
        let documents = try payloads.map { try JSONDocument.parse($0) }
        var valid = 0
        for payload in payloads where payload.withUnsafeBytes({ schema.check($0, with: scratch) }).isValid {
            valid += 1
        }
        let parse = best {
            for payload in payloads { payload.withUnsafeBytes { try? scratch.parse($0) } }
        }
        let verdict = best {
            for payload in payloads { _ = payload.withUnsafeBytes { schema.check($0, with: scratch) } }
        }
        let validate = best {
            for document in documents { _ = schema.accepts(document, with: scratch) }
        }
        let tree = best {
            for payload in payloads { _ = try? JSONValue.parse(payload) }
        }
        return [
            "payloads": JSONValue(payloads.count), "bytes": JSONValue(payloads.reduce(0) { $0 + $1.count }),
            "valid": JSONValue(valid), "compile_ns": JSONValue(compile), "parse_ns": JSONValue(parse),
            "verdict_ns": JSONValue(verdict), "validate_ns": JSONValue(validate), "tree_ns": JSONValue(tree),
        ]
    }

    /// The shortest round within the time there is, in time of the processor: other programs do not count.
    private func best(_ body: () -> Void) -> Int {
        let end = Measurement.now() + Int(seconds * 1e9)
        body()
        var best = Int.max
        repeat {
            let began = Measurement.now()
            body()
            best = min(best, Measurement.now() - began)
        } while Measurement.now() < end
        return best
    }

    private static func now() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }
}
