import Access
import Contracts

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

// Measures the search for secrets in payloads: leak-guard-bench FOLDER SECONDS
//
// The folder holds secrets.txt, a value each line, and payloads NAME.json. Prints a JSON object: for each payload its bytes
// a second, looked through in pieces of 64 KiB as they pass (the best round), and how many secrets were found.
let arguments = CommandLine.arguments
guard arguments.count == 3, let seconds = Double(arguments[2]) else {
    fatalError("usage: leak-guard-bench FOLDER SECONDS")
}
let folder = URL(filePath: arguments[1])
let values = try String(contentsOf: folder.appending(path: "secrets.txt"), encoding: .utf8).split(separator: "\n")
let scrubber = SecretScrubber(
    values.enumerated().map { Secret(name: "key-\($0.offset)", value: String($0.element)) })
let clock = ContinuousClock()
var results = JSONObject()
for name in try FileManager.default.contentsOfDirectory(atPath: arguments[1]).sorted() where name.hasSuffix(".json") {
    let payload = [UInt8](try Data(contentsOf: folder.appending(path: name)))
    var best = Double.infinity
    var found = 0
    let end = clock.now + .seconds(seconds)
    repeat {
        found = 0
        let took = clock.measure {
            payload.withUnsafeBytes { payload in
                var place = 0
                while place < payload.count {
                    let next = min(place + 65_536, payload.count)
                    let piece = UnsafeRawBufferPointer(rebasing: payload[place..<next])
                    if let finding = scrubber.inspect(piece, isWhole: next == payload.count) {
                        found += finding.ranges.count
                    }
                    place = next
                }
            }
        }
        best = min(best, Double(took.components.attoseconds) / 1e18 + Double(took.components.seconds))
    } while clock.now < end
    let measured: JSONObject = [
        "bytes_per_s": JSONValue(Int(Double(payload.count) / best)), "found": JSONValue(found),
    ]
    results[name] = .object(measured)
}
print(JSONValue.object(results).text)
