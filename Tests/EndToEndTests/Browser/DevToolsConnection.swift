import Contracts
import Foundation
import Synchronization

/// A WebSocket (RFC 6455) to the browser that carries DevTools commands and their answers.
final class DevToolsConnection: Sendable {
    private struct State {
        var next = 0
        var waiting: [Int: CheckedContinuation<JSONValue, any Error>] = [:]
    }

    private let descriptor: Int32
    private let state = Mutex(State())
    private let writing = Mutex(())

    init(port: UInt16, path: String) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { throw NeverHappened(what: "chromium takes a connection") }
        let request =
            "GET \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        try write(Array(request.utf8))
        var head: [UInt8] = []
        while !head.ends(with: Array("\r\n\r\n".utf8)) {
            guard let byte = read(1)?.first else { throw NeverHappened(what: "chromium upgrades the connection") }
            head.append(byte)
        }
        let thread = Thread { [weak self] in
            while let message = self?.message() { self?.received(message) }
            self?.state.withLock { state in
                defer { state.waiting.removeAll() }
                return Array(state.waiting.values)
            }.forEach { $0.resume(throwing: NeverHappened(what: "the browser answers")) }
        }
        thread.start()
    }

    deinit { close(descriptor) }

    func call(_ method: String, _ parameters: JSONValue = [:], session: String? = nil) async throws -> JSONValue {
        try await withCheckedThrowingContinuation { continuation in
            let id = state.withLock { state in
                state.next += 1
                state.waiting[state.next] = continuation
                return state.next
            }
            var message: JSONObject = ["id": JSONValue(id), "method": .string(method), "params": parameters]
            if let session { message["sessionId"] = .string(session) }
            do {
                try send(JSONValue.object(message).encoded())
            } catch {
                state.withLock { $0.waiting.removeValue(forKey: id) }?.resume(throwing: error)
            }
        }
    }

    private func received(_ bytes: [UInt8]) {
        guard let message = try? JSONValue.parse(bytes), let id = message["id"]?.intValue,
            let waiting = state.withLock({ $0.waiting.removeValue(forKey: id) })
        else { return }
        if let failure = message["error"] {
            waiting.resume(throwing: NeverHappened(what: "the browser obeys: \(failure.text)"))
        } else {
            waiting.resume(returning: message["result"] ?? .null)
        }
    }

    private func send(_ payload: [UInt8]) throws {
        var frame: [UInt8] = [0x81]
        switch payload.count {
        case ..<126: frame.append(0x80 | UInt8(payload.count))
        case ..<65_536: frame += [0x80 | 126, UInt8(payload.count >> 8), UInt8(payload.count & 255)]
        default: frame += [0x80 | 127] + (0..<8).map { UInt8(truncatingIfNeeded: payload.count >> (56 - 8 * $0)) }
        }
        // A mask of zeros is a mask: the payload stays as it is.
        frame += [0, 0, 0, 0]
        try write(frame + payload)
    }

    /// The next whole text message; nil at the end.
    private func message() -> [UInt8]? {
        var payload: [UInt8] = []
        while true {
            guard let head = read(2) else { return nil }
            var length = Int(head[1] & 0x7F)
            if length == 126 {
                guard let bytes = read(2) else { return nil }
                length = bytes.reduce(0) { $0 << 8 | Int($1) }
            } else if length == 127 {
                guard let bytes = read(8) else { return nil }
                length = bytes.reduce(0) { $0 << 8 | Int($1) }
            }
            guard let bytes = read(length) else { return nil }
            let code = head[0] & 0x0F
            if code == 8 { return nil }
            if code <= 2 { payload += bytes }
            if head[0] & 0x80 != 0, code <= 2 { return payload }
        }
    }

    private func write(_ bytes: [UInt8]) throws {
        try writing.withLock { _ in
            var start = 0
            while start < bytes.count {
                let count = bytes[start...].withUnsafeBytes {
                    Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { throw NeverHappened(what: "the browser reads") }
                start += count
            }
        }
    }

    private func read(_ count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var start = 0
        while start < count {
            let got = bytes[start...].withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
            guard got > 0 else { return nil }
            start += got
        }
        return bytes
    }
}

extension Array where Element: Equatable {
    fileprivate func ends(with tail: [Element]) -> Bool {
        count >= tail.count && Array(suffix(tail.count)) == tail
    }
}
