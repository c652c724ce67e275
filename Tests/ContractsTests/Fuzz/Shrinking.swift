import Contracts

/// Makes what failed smaller, for whoever has to read it.
enum Shrinking {
    /// The value with one place taken out, in every way there is.
    static func smaller(_ value: JSONValue) -> [JSONValue] {
        switch value {
        case .object(let object):
            return object.entries.flatMap { key, inner -> [JSONValue] in
                var without = object
                without.remove(key)
                return [.object(without)]
                    + smaller(inner).map { part in
                        var copy = object
                        copy[key] = part
                        return .object(copy)
                    }
            }
        case .array(let elements):
            return elements.indices.flatMap { index -> [JSONValue] in
                var without = elements
                without.remove(at: index)
                return [.array(without)]
                    + smaller(elements[index]).map { part in
                        var copy = elements
                        copy[index] = part
                        return .array(copy)
                    }
            }
        default: return []
        }
    }

    /// The smallest values found for which something still holds.
    static func shrink(_ values: [JSONValue], while holds: ([JSONValue]) -> Bool) -> [JSONValue] {
        var values = values
        var rounds = 0
        while rounds < 200 {
            rounds += 1
            let step = values.indices.lazy.flatMap { index in
                smaller(values[index]).lazy.map { part in
                    var copy = values
                    copy[index] = part
                    return copy
                }
            }.first(where: holds)
            guard let step else { break }
            values = step
        }
        return values
    }
}
