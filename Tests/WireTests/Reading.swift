import NIOCore

@testable import Wire

/// What a parser makes of bytes, in one text that can be compared.
struct Reading: Equatable {
    var text = ""
    var error: WireError?

    /// Reads requests until the bytes are used up, `pieces` at a time.
    static func requests(_ pieces: [[UInt8]], limits: WireLimits = WireLimits()) -> Reading {
        var parser = RequestParser(limits: limits)
        var reading = Reading()
        var input = ByteBuffer()
        var content: [UInt8] = []
        for piece in pieces {
            input.writeBytes(piece)
            do throws(WireError) {
                while let part = try parser.next(&input) {
                    switch part {
                    case .head(let head): reading.text += "\(describe(head))\n"
                    case .content(let bytes): content += bytes.readableBytesView
                    case .end(let trailers):
                        reading.text += "content \(String(decoding: content, as: UTF8.self))\n"
                        trailers?.forEach { reading.text += "trailer \($0)=\($1)\n" }
                        reading.text += "end\n"
                        content = []
                    }
                }
            } catch {
                reading.error = error
                return reading
            }
        }
        if !content.isEmpty { reading.text += "content \(String(decoding: content, as: UTF8.self))" }
        return reading
    }

    static func requests(_ text: String, limits: WireLimits = WireLimits()) -> Reading {
        requests([Array(text.utf8)], limits: limits)
    }

    private static func describe(_ head: RequestHead) -> String {
        var text = "\(head.method) \(head.target) \(head.version) of \(head.authority)"
        text += " length \(head.length) keeps \(head.keepsAlive)"
        if head.expectsContinue { text += " expects" }
        if let upgrade = head.upgrade { text += " upgrades to \(upgrade)" }
        head.fields.forEach { text += " [\($0)=\($1)]" }
        return text
    }
}

/// The head of the one request in the text.
func head(_ text: String) throws -> RequestHead {
    var parser = RequestParser()
    var input = ByteBuffer(string: text)
    guard case .head(let head) = try parser.next(&input) else { throw WireError("no head") }
    return head
}

/// The status that refuses the text; nil when it is taken.
func refusal(_ text: String, limits: WireLimits = WireLimits()) -> Int? {
    Reading.requests(text, limits: limits).error?.status
}
