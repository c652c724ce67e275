import Crypto
import Store

/// SHA-256 of content that comes in pieces.
package struct ContentHash {
    private var hash = SHA256()

    package init() {}

    package mutating func add(_ bytes: some Collection<UInt8>) {
        if bytes.withContiguousStorageIfAvailable({ hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }) == nil {
            hash.update(data: Array(bytes))
        }
    }

    /// 64 hexadecimal digits.
    package func text() -> String { Hex.text(hash.finalize()) }
}
