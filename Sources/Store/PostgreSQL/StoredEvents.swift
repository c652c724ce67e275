import Contracts

/// The form in which a journal lies in PostgreSQL: one row for all events of a commit, an array of `[type, fields]`.
///
/// The row names the number of its last event; the others' follow from their place.
enum StoredEvents {
    static func text(_ events: [NewEvent]) -> String {
        JSONValue.array(events.map { [.string($0.type), .object($0.fields)] }).text
    }

    static func events(task: String, last: Int, at: Timestamp, entries: String) throws(StoreError) -> [JournalEvent] {
        let what = "event \(last) of task \(task)"
        guard let items = try StoredJSON.value(entries, what).arrayValue else { throw StoreError.damagedRow(what) }
        var events: [JournalEvent] = []
        for (index, item) in items.enumerated() {
            guard let pair = item.arrayValue, pair.count == 2, let type = pair[0].stringValue,
                let fields = pair[1].objectValue
            else { throw StoreError.damagedRow(what) }
            events.append(
                JournalEvent(number: last - items.count + 1 + index, at: at, type: type, fields: fields))
        }
        return events
    }
}
