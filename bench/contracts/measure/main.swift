import Contracts

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

// Measures reading and judging of the payloads in a folder: contracts-bench FOLDER SECONDS
//
// The folder holds NAME/schema.json and NAME/instances.jsonl, a payload each line. Prints a JSON object: for each name
// nanoseconds for all its payloads once (the best round), and how many are valid.
let arguments = CommandLine.arguments
if arguments.count == 3, let seconds = Double(arguments[2]) {
    let measurement = Measurement(seconds: seconds)
    let folder = URL(filePath: arguments[1])
    var results = JSONObject()
    for name in try FileManager.default.contentsOfDirectory(atPath: arguments[1]).sorted() {
        results[name] = try measurement.run(folder.appending(path: name))
    }
    print(JSONValue.object(results).text)
} else {
    print("usage: contracts-bench FOLDER SECONDS")
}
