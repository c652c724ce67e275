import Contracts
import Testing

@Suite("JSON media types")
struct JSONMediaTypeTests {
    @Test(
        "JSON is told by its type",
        arguments: [
            "application/json", " Application/JSON ; charset=utf-8", "application/problem+json", "text/json",
            "application/vnd.api+JSON;v=1",
        ])
    func json(_ type: String) {
        #expect(JSONMediaType.covers(type))
    }

    @Test(
        "everything else is not",
        arguments: [
            "", ";", "application/jsonp", "text/html; x=+json", "json", "application/json-seq", "application/xml",
        ])
    func others(_ type: String) {
        #expect(!JSONMediaType.covers(type))
    }
}
