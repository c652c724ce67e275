import NIOCore
import Testing

@testable import Wire

@Suite("Field list")
struct FieldListTests {
    @Test("names are found without regard to case, values come in order")
    func finding() throws {
        var fields: FieldList = [.accept: "a", .contentType: "b"]
        fields.append(try #require(FieldName("accept")), "c")
        #expect(fields[.accept] == "a")
        #expect(fields.values(.accept) == ["a", "c"])
        #expect(fields[.etag] == nil)
    }

    @Test("a value that would end its line is not taken")
    func injection() {
        var fields = FieldList()
        let taken = [fields.append(.accept, "a\r\nHost: evil"), fields.append(.accept, "a\u{0}")]
        #expect(taken == [false, false])
        #expect(fields.isEmpty)
        #expect(FieldName("bad name") == nil)
    }

    @Test("removed fields are not written, the others keep their bytes and order")
    func writing() {
        var fields: FieldList = [.accept: "1", .cookie: "2", .etag: "3"]
        fields.remove(.cookie)
        var buffer = ByteBuffer()
        fields.write(into: &buffer)
        #expect(String(buffer: buffer) == "Accept: 1\r\nETag: 3\r\n")
    }
}
