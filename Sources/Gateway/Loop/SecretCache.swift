import Access
import Inventory
import Store

/// Secrets as one event loop last read them; a rotation takes effect within a tenth of a second.
final class SecretCache {
    private struct Entry {
        let value: String
        let readAt: Int64
    }

    private static let lifetime: Int64 = 100_000_000
    private let store: any SecretStore
    private var entries: [String: Entry] = [:]
    private var lastScrubber: (value: SecretScrubber, readAt: Int64)?
    private var signers: [AWSAuth: SigV4] = [:]

    init(store: any SecretStore) {
        self.store = store
    }

    /// Throws `AccessError` where the secret is not set or cannot be read.
    func value(_ name: String, at moment: Moment) throws -> String {
        if let entry = entries[name], moment.nanoseconds - entry.readAt < Self.lifetime { return entry.value }
        entries[name] = nil
        let value = try store.current(name).reveal()
        entries[name] = Entry(value: value, readAt: moment.nanoseconds)
        return value
    }

    /// Knows all secrets of a tenth of a second ago at most.
    func scrubber(at moment: Moment) -> SecretScrubber {
        if let last = lastScrubber, moment.nanoseconds - last.readAt < Self.lifetime { return last.value }
        let value = store.currentScrubber()
        lastScrubber = (value, moment.nanoseconds)
        return value
    }

    /// Signs with these keys; the key of the day is derived once.
    func sign<Result>(_ aws: AWSAuth, _ keys: SigV4.Keys, _ body: (inout SigV4) throws(Problem) -> Result)
        throws(Problem) -> Result
    {
        if signers[aws]?.keys != keys {
            signers[aws] = SigV4(service: aws.service, region: aws.region, keys: keys)
        }
        var signer = signers[aws] ?? SigV4(service: aws.service, region: aws.region, keys: keys)
        defer { signers[aws] = signer }
        return try body(&signer)
    }
}
