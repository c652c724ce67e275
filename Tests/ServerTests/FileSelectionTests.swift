import HTTPTypes
import Store
import Testing

@testable import Server

@Suite("What is sent of a file")
struct FileSelectionTests {
    private func select(
        _ fields: HTTPFields, method: HTTPRequest.Method = .get, size: Int = 100
    ) -> FileSelection {
        FileSelection.make(
            HTTPRequest(method: method, scheme: nil, authority: nil, path: "/", headerFields: fields), tag: "\"abc\"",
            modified: Timestamp(milliseconds: 1_795_521_600_500), size: size)
    }

    @Test(
        "ranges are those of RFC 9110",
        arguments: [
            ("bytes=0-0", .part(0..<1)), ("bytes=0-99", .part(0..<100)), ("bytes=10-", .part(10..<100)),
            ("bytes=-5", .part(95..<100)), ("bytes=-500", .part(0..<100)), ("bytes=90-500", .part(90..<100)),
            ("BYTES=1-2", .part(1..<3)), ("bytes= 1-2 ,", .part(1..<3)), ("bytes=100-", .unsatisfiable),
            ("bytes=-0", .unsatisfiable), ("bytes=99999999999999999999-", .unsatisfiable),
            ("bytes=5-99999999999999999999", .part(5..<100)), ("bytes=0-1,5-6", .whole), ("bytes=2-1", .whole),
            ("bytes=-", .whole), ("bytes=a-b", .whole), ("bytes=1", .whole), ("items=0-1", .whole), ("", .whole),
            ("bytes=+1-2", .whole), ("bytes=--1", .whole), ("bytes=1-2-3", .whole), ("bytes=\u{661}-2", .whole),
        ] as [(String, FileSelection)])
    func ranges(field: String, selection: FileSelection) {
        #expect(select([.range: field]) == selection)
        #expect(select([.range: field], method: .head) == .whole)
    }

    @Test("an empty file has no range")
    func empty() {
        #expect(select([.range: "bytes=0-"], size: 0) == .unsatisfiable)
        #expect(select([.range: "bytes=-1"], size: 0) == .unsatisfiable)
        #expect(select([:], size: 0) == .whole)
    }

    @Test("a range is only for who has a part of this very content")
    func ifRange() {
        let date = "Tue, 24 Nov 2026 12:00:00 GMT"
        #expect(select([.range: "bytes=0-1", .ifRange: "\"abc\""]) == .part(0..<2))
        #expect(select([.range: "bytes=0-1", .ifRange: "\"other\""]) == .whole)
        #expect(select([.range: "bytes=0-1", .ifRange: "W/\"abc\""]) == .whole)
        #expect(select([.range: "bytes=0-1", .ifRange: date]) == .part(0..<2))
        #expect(select([.range: "bytes=0-1", .ifRange: "Tue, 24 Nov 2026 11:59:59 GMT"]) == .whole)
        #expect(select([.range: "bytes=0-1", .ifRange: "soon"]) == .whole)
    }

    @Test("conditions are judged in the order of RFC 9110, 13.2.2")
    func conditions() {
        let (same, later, earlier) = (
            "Tue, 24 Nov 2026 12:00:00 GMT", "Tue, 24 Nov 2026 12:00:01 GMT", "Tue, 24 Nov 2026 11:59:59 GMT"
        )
        #expect(select([.ifNoneMatch: "\"x\", W/\"abc\""]) == .notModified)
        #expect(select([.ifNoneMatch: "*"]) == .notModified)
        #expect(select([.ifNoneMatch: "\"x\"", .ifModifiedSince: later]) == .whole)
        #expect(select([.ifModifiedSince: same]) == .notModified)
        #expect(select([.ifModifiedSince: earlier]) == .whole)
        #expect(select([.ifMatch: "\"x\""]) == .changed)
        #expect(select([.ifMatch: "W/\"abc\""]) == .changed)
        #expect(select([.ifMatch: "\"abc\"", .ifUnmodifiedSince: earlier]) == .whole)
        #expect(select([.ifUnmodifiedSince: earlier]) == .changed)
        #expect(select([.ifUnmodifiedSince: same, .ifNoneMatch: "\"abc\"", .range: "bytes=0-1"]) == .notModified)
    }
}
