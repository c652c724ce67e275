/// What is to be told to the other nodes next: each thing once, and never too much at a time.
struct PendingHints: Sendable {
    /// Tasks named one by one in one notification, whose payload may have 8,000 bytes.
    private static let named = 100

    private var hints: Set<StoreHint> = []

    var isEmpty: Bool { hints.isEmpty }

    mutating func add(_ hint: StoreHint) {
        if hints.count >= Self.named { hints = [.everything] }
        guard !hints.contains(.everything) else { return }
        hints.insert(hint)
    }

    /// The payload of a notification; nothing is pending afterwards.
    mutating func take(sender: String) -> String {
        let words = hints.map { hint in
            switch hint {
            case .tasksSubmitted: "s"
            case .controlsChanged: "c"
            case .everything: "*"
            case .cancelRequested(let task): "x" + task
            case .journalGrew(let task): "j" + task
            }
        }
        hints = []
        return ([sender] + words).joined(separator: "\n")
    }

    /// Reads a payload; nothing for our own, and words of newer versions are left out.
    static func read(_ payload: String, me: String) -> [StoreHint] {
        let words = payload.split(separator: "\n")
        guard let sender = words.first, sender != me else { return [] }
        return words.dropFirst().compactMap { word in
            switch word.first {
            case "s": .tasksSubmitted
            case "c": .controlsChanged
            case "*": .everything
            case "x": .cancelRequested(String(word.dropFirst()))
            case "j": .journalGrew(String(word.dropFirst()))
            default: nil
            }
        }
    }
}
