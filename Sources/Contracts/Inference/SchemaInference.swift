/// Guesses a JSON Schema from samples, for a person to look through and accept.
///
/// A guess that is too narrow refuses good payloads, so every rule leans towards saying less:
/// - A member is required when every object seen had it, and at least two were seen.
/// - `integer` when all numbers were whole; a name that speaks of a measure (`price`, `lat`) needs twenty samples for that.
/// - `null` beside another type gives both. Bounds, lengths and patterns are never guessed, nor are further members forbidden.
/// - `date-time`, `date` and `uuid` need two samples that all fit, `email`, `uri` and `ipv4` five and two different ones.
/// - An enumeration needs twenty samples of at most eight words, each met three times, and a name that no secret has.
/// - An object is a map, with one schema for all its values, when its names look like data (numbers, dates, UUIDs, random
///   text), or when objects have more than fifty different names and share few of them.
public struct SchemaInference: Sendable {
    private var shape = SampleShape()

    public init() {}

    /// How many samples there were.
    public var samples: Int { shape.count }

    /// Takes a sample in. A text that `Redaction` put in a value's place counts as a value of a type nobody knows.
    public mutating func add(_ sample: JSONValue) {
        shape.add(sample, depth: 0)
    }

    /// The schema (draft 2020-12) that all samples fit.
    public func schema() -> JSONValue {
        shape.schema(named: nil)
    }
}
