import Logging
import Synchronization

/// Keeps every line with its level.
struct LogLines: LogHandler {
    private final class Box: Sendable {
        let lines = Mutex<[(level: Logger.Level, text: String)]>([])
    }

    private let box = Box()
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    var levels: [Logger.Level] { box.lines.withLock { $0.map(\.level) } }
    /// Message and metadata.
    var all: [String] { box.lines.withLock { $0.map(\.text) } }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let fields = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        box.lines.withLock { $0.append((event.level, "\(event.message) " + fields.joined(separator: " "))) }
    }
}
