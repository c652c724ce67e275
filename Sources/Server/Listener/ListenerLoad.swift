import Synchronization

/// How many connections and exchanges a listener has open, all loops together, and who may open another.
final class ListenerLoad: Sendable {
    private struct Book {
        var connections = 0
        var refusing = 0
        var byAddress: [String: Int] = [:]
        var waitingForEnd: [Int: CheckedContinuation<Void, Never>] = [:]
        var nextWaiter = 0
    }

    enum Admission {
        case welcome
        /// To be told that there is no place.
        case refused
        /// There are too many even to tell.
        case ignored
    }

    private static let refusedAtOnce = 256

    private let book = Mutex(Book())
    private let exchanges = Atomic<Int>(0)
    private let limit: Int
    private let limitPerAddress: Int

    init(limit: Int, limitPerAddress: Int) {
        self.limit = limit
        self.limitPerAddress = limitPerAddress
    }

    var openConnections: Int { book.withLock { $0.connections } }
    var openExchanges: Int { exchanges.load(ordering: .relaxed) }

    func exchangeBegan() { exchanges.wrappingAdd(1, ordering: .relaxed) }
    func exchangeEnded() { exchanges.wrappingSubtract(1, ordering: .relaxed) }

    /// Every `.welcome` and `.refused` is followed by one `leave`.
    func enter(_ address: String) -> Admission {
        let isCounted = !Self.isLoopback(address)
        return book.withLock { book in
            let isFull =
                book.connections - book.refusing >= limit
                || (isCounted && book.byAddress[address, default: 0] >= limitPerAddress)
            if isFull {
                guard book.refusing < Self.refusedAtOnce else { return .ignored }
                book.refusing += 1
            }
            book.connections += 1
            if isCounted { book.byAddress[address, default: 0] += 1 }
            return isFull ? .refused : .welcome
        }
    }

    func leave(_ address: String, wasRefused: Bool) {
        let waiters = book.withLock { book -> [CheckedContinuation<Void, Never>] in
            book.connections -= 1
            if wasRefused { book.refusing -= 1 }
            if let count = book.byAddress[address] { book.byAddress[address] = count > 1 ? count - 1 : nil }
            guard book.connections == 0 else { return [] }
            defer { book.waitingForEnd = [:] }
            return Array(book.waitingForEnd.values)
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Returns when no connection is open, or when cancelled.
    func waitUntilEmpty() async {
        let id = book.withLock { book in
            book.nextWaiter += 1
            return book.nextWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = book.withLock { book in
                    guard book.connections > 0, !Task.isCancelled else { return true }
                    book.waitingForEnd[id] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            book.withLock { $0.waitingForEnd.removeValue(forKey: id) }?.resume()
        }
    }

    private static func isLoopback(_ address: String) -> Bool {
        address == "::1" || address.hasPrefix("127.") || address.hasPrefix("::ffff:127.")
    }
}
