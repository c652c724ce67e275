package import NIOCore

/// Header or trailer fields in order, kept as the bytes they came in, so that passing them on copies instead of rebuilding.
///
/// Holds fields of the message alone: what belongs to one connection (RFC 9110, 7.6.1) and `Content-Length` are taken out by the
/// parsers and put in by the writers.
package struct FieldList: Sendable {
    struct Entry: Sendable {
        var start: Int32
        var nameLength: Int32
        var valueStart: Int32
        var valueEnd: Int32
        /// Behind the line's CRLF.
        var end: Int32
        var key: UInt32
    }

    var bytes: [UInt8]
    var entries: [Entry]

    package init() {
        bytes = []
        entries = []
    }

    init(bytes: [UInt8], entries: [Entry]) {
        self.bytes = bytes
        self.entries = entries
    }

    package var count: Int { entries.count }
    package var isEmpty: Bool { entries.isEmpty }

    /// The first value of this name.
    package subscript(_ name: FieldName) -> String? {
        index(of: name).map { value(at: $0) }
    }

    /// All values of this name, in order.
    package func values(_ name: FieldName) -> [String] {
        entries.indices.filter { matches(entries[$0], name) }.map { value(at: $0) }
    }

    package func contains(_ name: FieldName) -> Bool {
        index(of: name) != nil
    }

    /// The bytes of the first value of this name, without copying.
    package func withValue<Result>(of name: FieldName, _ body: (UnsafeRawBufferPointer) throws -> Result) rethrows
        -> Result?
    {
        guard let index = index(of: name) else { return nil }
        let entry = entries[index]
        return try bytes.withUnsafeBytes { all in
            try body(UnsafeRawBufferPointer(rebasing: all[Int(entry.valueStart)..<Int(entry.valueEnd)]))
        }
    }

    /// Adds a field at the end; false, and nothing is added, when the value may not stand in a field.
    @discardableResult
    package mutating func append(_ name: FieldName, _ value: String) -> Bool {
        var value = value
        return value.withUTF8 { bytes in append(name, bytes: UnsafeRawBufferPointer(bytes)) }
    }

    @discardableResult
    package mutating func append(_ name: FieldName, bytes value: UnsafeRawBufferPointer) -> Bool {
        guard value.allSatisfy(Octet.isFieldValue) else { return false }
        let start = bytes.count
        var text = name.text
        text.withUTF8 { bytes.append(contentsOf: $0) }
        let nameEnd = bytes.count
        bytes.append(UInt8(ascii: ":"))
        bytes.append(0x20)
        bytes.append(contentsOf: value)
        let valueEnd = bytes.count
        bytes.append(Octet.cr)
        bytes.append(Octet.lf)
        entries.append(
            Entry(
                start: Int32(start), nameLength: Int32(nameEnd - start), valueStart: Int32(nameEnd + 2),
                valueEnd: Int32(valueEnd), end: Int32(valueEnd + 2), key: name.key))
        return true
    }

    /// Replaces all fields of this name by one.
    @discardableResult
    package mutating func set(_ name: FieldName, _ value: String) -> Bool {
        remove(name)
        return append(name, value)
    }

    package mutating func remove(_ name: FieldName) {
        while let index = index(of: name) { entries.remove(at: index) }
    }

    /// Keeps the fields for which the name's bytes, in the letters they came in, pass.
    package mutating func keep(where isKept: (UnsafeRawBufferPointer) -> Bool) {
        bytes.withUnsafeBytes { all in
            entries.removeAll { entry in
                let start = Int(entry.start)
                return !isKept(UnsafeRawBufferPointer(rebasing: all[start..<start + Int(entry.nameLength)]))
            }
        }
    }

    /// Name, as it came, and value of each field, in order.
    package func forEach(_ body: (_ name: String, _ value: String) throws -> Void) rethrows {
        for index in entries.indices {
            try body(name(at: index), value(at: index))
        }
    }

    /// Writes the fields as lines of HTTP/1.1; fields that lie side by side are copied at once.
    package func write(into buffer: inout ByteBuffer) {
        bytes.withUnsafeBytes { all in
            var index = 0
            while index < entries.count {
                let start = entries[index].start
                var end = entries[index].end
                index += 1
                while index < entries.count, entries[index].start == end {
                    end = entries[index].end
                    index += 1
                }
                buffer.writeBytes(UnsafeRawBufferPointer(rebasing: all[Int(start)..<Int(end)]))
            }
        }
    }

    /// The bytes of all fields as they lie in memory, those of removed ones included.
    package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try bytes.withUnsafeBytes(body)
    }

    /// Writes `byte` over the part of the bytes that lies in values; names and line ends stay.
    package mutating func overwriteValues(in range: Range<Int>, with byte: UInt8) {
        for entry in entries {
            for index in range.clamped(to: Int(entry.valueStart)..<Int(entry.valueEnd)) { bytes[index] = byte }
        }
    }

    func index(of name: FieldName) -> Int? {
        for index in entries.indices where entries[index].key == name.key {
            if matches(entries[index], name) { return index }
        }
        return nil
    }

    @inline(__always)
    func matches(_ entry: Entry, _ name: FieldName) -> Bool {
        guard entry.key == name.key else { return false }
        return bytes.withUnsafeBytes { all in
            var lowercased = name.lowercased
            return lowercased.withUTF8 { text in
                guard text.count == Int(entry.nameLength), let start = all.baseAddress, let text = text.baseAddress
                else { return false }
                return FieldList.isSame(start + Int(entry.start), UnsafeRawPointer(text), Int(entry.nameLength))
            }
        }
    }

    func name(at index: Int) -> String {
        let entry = entries[index]
        return String(decoding: bytes[Int(entry.start)..<Int(entry.start + entry.nameLength)], as: UTF8.self)
    }

    func value(at index: Int) -> String {
        let entry = entries[index]
        return String(decoding: bytes[Int(entry.valueStart)..<Int(entry.valueEnd)], as: UTF8.self)
    }

}

extension FieldList {
    /// Whether the bytes are this text, whose letters are small, without regard to case.
    @inline(__always)
    package static func equals(_ bytes: UnsafeRawBufferPointer, _ lowercased: StaticString) -> Bool {
        bytes.count == lowercased.utf8CodeUnitCount && hasPrefix(bytes, lowercased)
    }

    /// Whether the bytes begin with this text, whose letters are small, without regard to case.
    @inline(__always)
    package static func hasPrefix(_ bytes: UnsafeRawBufferPointer, _ lowercased: StaticString) -> Bool {
        let count = lowercased.utf8CodeUnitCount
        guard bytes.count >= count, let start = bytes.baseAddress else { return false }
        return isSame(start, UnsafeRawPointer(lowercased.utf8Start), count)
    }

    /// Whether as many bytes are the same as those of a text in small letters, without regard to case.
    static func isSame(_ bytes: UnsafeRawPointer, _ lowercased: UnsafeRawPointer, _ count: Int) -> Bool {
        for index in 0..<count {
            var byte = bytes.load(fromByteOffset: index, as: UInt8.self)
            if byte &- 0x41 < 26 { byte |= 0x20 }
            guard byte == lowercased.load(fromByteOffset: index, as: UInt8.self) else { return false }
        }
        return true
    }
}

extension FieldList: CustomStringConvertible {
    /// The names alone: values may be secret.
    package var description: String { entries.indices.map { name(at: $0) }.joined(separator: ", ") }
}

extension FieldList: ExpressibleByDictionaryLiteral {
    /// Fields in the order written; a value that may not stand in a field is left out.
    package init(dictionaryLiteral elements: (FieldName, String)...) {
        self.init()
        for (name, value) in elements { append(name, value) }
    }
}
