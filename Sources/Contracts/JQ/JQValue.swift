import CJQ

/// Carries values over to libjq and back.
///
/// jq 1.6 computes with doubles: an integer beyond 2^53 that passes through a program is rounded.
enum JQValue {
    /// Deeper results are an error; the limit is that of JSON texts.
    private static let deepest = 1000

    /// A value the callee of libjq owns.
    static func jq(_ value: JSONValue) -> jv {
        switch value {
        case .null: return jv_null()
        case .bool(let value): return jv_bool(value ? 1 : 0)
        case .number(let number): return jv_number(number.double)
        case .string(let string): return jq(string)
        case .array(let elements):
            var array = jv_array_sized(Int32(clamping: elements.count))
            for element in elements { array = jv_array_append(array, jq(element)) }
            return array
        case .object(let object):
            var result = jv_object()
            for (key, value) in object { result = jv_object_set(result, jq(key), jq(value)) }
            return result
        }
    }

    static func jq(_ string: String) -> jv {
        var string = string
        return string.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                guard let start = characters.baseAddress else { return jv_string_empty(0) }
                return jv_string_sized(start, Int32(clamping: characters.count))
            }
        }
    }

    /// Takes the value over and frees it; nil when it nests too deep.
    static func json(consuming value: jv, depth: Int = 0) -> JSONValue? {
        defer { jv_free(value) }
        switch jv_get_kind(value) {
        case JV_KIND_FALSE: return .bool(false)
        case JV_KIND_TRUE: return .bool(true)
        case JV_KIND_NUMBER: return number(jv_number_value(value))
        case JV_KIND_STRING: return .string(string(value))
        case JV_KIND_ARRAY: return array(value, depth: depth)
        case JV_KIND_OBJECT: return object(value, depth: depth)
        default: return .null
        }
    }

    /// The text of a string value that stays the caller's.
    static func string(_ value: jv) -> String {
        let count = Int(jv_string_length_bytes(jv_copy(value)))
        guard let start = jv_string_value(value) else { return "" }
        return start.withMemoryRebound(to: UInt8.self, capacity: count) {
            String(decoding: UnsafeBufferPointer(start: $0, count: count), as: UTF8.self)
        }
    }

    /// As jq prints them: NaN as null, the infinities as the largest numbers.
    private static func number(_ value: Double) -> JSONValue {
        JSONValue(min(max(value, -.greatestFiniteMagnitude), .greatestFiniteMagnitude))
    }

    private static func array(_ value: jv, depth: Int) -> JSONValue? {
        guard depth < deepest else { return nil }
        var elements: [JSONValue] = []
        for place in 0..<jv_array_length(jv_copy(value)) {
            guard let element = json(consuming: jv_array_get(jv_copy(value), place), depth: depth + 1) else {
                return nil
            }
            elements.append(element)
        }
        return .array(elements)
    }

    private static func object(_ value: jv, depth: Int) -> JSONValue? {
        guard depth < deepest else { return nil }
        var object = JSONObject()
        var place = jv_object_iter(value)
        while jv_object_iter_valid(value, place) != 0 {
            let key = jv_object_iter_key(value, place)
            defer { jv_free(key) }
            guard let member = json(consuming: jv_object_iter_value(value, place), depth: depth + 1) else {
                return nil
            }
            object[string(key)] = member
            place = jv_object_iter_next(value, place)
        }
        return .object(object)
    }
}
