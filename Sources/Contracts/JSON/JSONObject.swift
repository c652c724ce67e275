/// The members of a JSON object in the order they were written, each name once.
///
/// Up to sixteen members are searched one by one; larger objects carry an index, so a look-up stays cheap.
/// Equality ignores the order.
public struct JSONObject: Sendable, Hashable, ExpressibleByDictionaryLiteral, Sequence {
    public typealias Entry = (key: String, value: JSONValue)

    private struct Member: Sendable {
        let key: String
        var value: JSONValue
    }

    private static let searchedOneByOne = 16

    private var members: [Member] = []
    /// Places by name; nil while the object is small.
    private var places: [JSONKey: Int]?

    public init() {}

    /// A name that comes twice keeps its first place and its last value.
    public init(_ entries: some Sequence<(String, JSONValue)>) {
        members.reserveCapacity(entries.underestimatedCount)
        for (key, value) in entries { self[key] = value }
    }

    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self.init(elements)
    }

    init(capacity: Int) {
        members.reserveCapacity(capacity)
    }

    public var count: Int { members.count }
    public var isEmpty: Bool { members.isEmpty }
    public var keys: [String] { members.map(\.key) }
    public var values: [JSONValue] { members.map(\.value) }
    public var entries: [Entry] { members.map { ($0.key, $0.value) } }

    public func makeIterator() -> AnyIterator<Entry> {
        var iterator = members.makeIterator()
        return AnyIterator { iterator.next().map { ($0.key, $0.value) } }
    }

    /// The member's value. A new name goes to the end, a known one keeps its place, nil removes the member.
    public subscript(key: String) -> JSONValue? {
        get {
            place(of: key).map { members[$0].value }
        }
        set {
            guard let newValue else {
                remove(key)
                return
            }
            if let place = place(of: key) {
                members[place].value = newValue
            } else {
                append(newMember: Member(key: key, value: newValue))
            }
        }
    }

    public func contains(_ key: String) -> Bool {
        place(of: key) != nil
    }

    /// Puts the member last, also when the name is known already.
    public mutating func append(_ key: String, _ value: JSONValue) {
        remove(key)
        append(newMember: Member(key: key, value: value))
    }

    /// Puts the member last; the caller knows that the name is new.
    mutating func append(fresh key: String, _ value: JSONValue) {
        append(newMember: Member(key: key, value: value))
    }

    public mutating func set(_ key: String, _ value: JSONValue) {
        self[key] = value
    }

    @discardableResult
    public mutating func remove(_ key: String) -> JSONValue? {
        guard let place = place(of: key) else { return nil }
        let removed = members.remove(at: place)
        places = nil
        if members.count > JSONObject.searchedOneByOne { index() }
        return removed.value
    }

    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        guard left.count == right.count else { return false }
        return left.members.allSatisfy { member in
            right.place(of: member.key).map { right.members[$0].value == member.value } ?? false
        }
    }

    public func hash(into hasher: inout Hasher) {
        var sum = 0
        for member in members {
            var inner = Hasher()
            member.key.hashBytes(into: &inner)
            inner.combine(member.value)
            sum &+= inner.finalize()
        }
        hasher.combine(members.count)
        hasher.combine(sum)
    }

    private func place(of key: String) -> Int? {
        if let places { return places[JSONKey(name: key)] }
        return members.firstIndex { $0.key.hasSameBytes(as: key) }
    }

    private mutating func append(newMember member: Member) {
        members.append(member)
        if places != nil {
            places?[JSONKey(name: member.key)] = members.count - 1
        } else if members.count > JSONObject.searchedOneByOne {
            index()
        }
    }

    private mutating func index() {
        var fresh: [JSONKey: Int] = [:]
        fresh.reserveCapacity(members.count)
        for (place, member) in members.enumerated() { fresh[JSONKey(name: member.key)] = place }
        places = fresh
    }
}
