package import Access
import Contracts
package import Logging
package import Store
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Writes each log record as one line of JSON to standard error: `at`, `level`, `message`, then its fields. Known secrets are taken out first.
package struct JSONLineHandler: LogHandler {
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    private let label: String
    private let clock: any WallClock
    private let output: LogOutput

    package init(label: String, level: Logger.Level, clock: any WallClock, output: LogOutput) {
        self.label = label
        self.logLevel = level
        self.clock = clock
        self.output = output
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        var object: JSONObject = [
            "at": .string(clock.now().description), "level": .string(event.level.rawValue),
            "message": .string(event.message.description), "label": .string(label),
        ]
        let fields = metadata.merging(event.metadata ?? [:]) { $1 }
        for (key, value) in fields.sorted(by: { $0.key < $1.key }) {
            object[key] = Self.json(value)
        }
        output.write(JSONValue.object(object).text)
    }

    private static func json(_ value: Logger.Metadata.Value) -> JSONValue {
        switch value {
        case .string(let text): number(text) ?? .string(text)
        case .stringConvertible(let value): .string(value.description)
        case .array(let values): .array(values.map(json))
        case .dictionary(let values):
            .object(JSONObject(values.sorted { $0.key < $1.key }.map { ($0.key, json($0.value)) }))
        }
    }

    /// Numbers were put into text by interpolation; they are numbers in the line.
    private static func number(_ text: String) -> JSONValue? {
        guard text.utf8.count < 16, text.utf8.allSatisfy({ ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2E || $0 == 0x2D })
        else {
            return nil
        }
        return JSONNumber(text: text).map { .number($0) }
    }
}

/// Where log lines go; takes known secrets out of each.
package final class LogOutput: Sendable {
    private let scrubber: @Sendable () -> SecretScrubber
    private let sink: @Sendable (String) -> Void

    package init(
        scrubber: @escaping @Sendable () -> SecretScrubber,
        sink: @escaping @Sendable (String) -> Void = LogOutput.standardError
    ) {
        self.scrubber = scrubber
        self.sink = sink
    }

    func write(_ line: String) {
        sink(scrubber().scrub(line))
    }

    /// One write call a line, so that lines of threads never mix.
    package static func standardError(_ line: String) {
        var bytes = Array(line.utf8)
        bytes.append(UInt8(ascii: "\n"))
        var start = 0
        while start < bytes.count {
            let written = bytes[start...].withUnsafeBytes { unsafe in
                #if canImport(Glibc)
                    Glibc.write(STDERR_FILENO, unsafe.baseAddress, unsafe.count)
                #else
                    Darwin.write(STDERR_FILENO, unsafe.baseAddress, unsafe.count)
                #endif
            }
            guard written > 0 else { return }
            start += written
        }
    }
}
