import Crypto
import Store

/// The key under which a step's call is sent.
enum IdempotencyKey {
    /// 64 hexadecimal digits: SHA-256 of task id and step key.
    static func make(task: String, step: String) -> String {
        Hex.text(SHA256.hash(data: Array("footing step\n\(task)\n\(step)".utf8)))
    }
}
