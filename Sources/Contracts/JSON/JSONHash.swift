/// The hash of member names on the tape and in compiled schemas (FNV-1a, 32 bits).
///
/// Not proof against chosen collisions: whoever uses it compares the bytes as well and keeps to a bounded cost when all
/// hashes are equal.
enum JSONHash {
    static func of(_ bytes: some Sequence<UInt8>) -> UInt32 {
        var hash: UInt32 = 2_166_136_261
        for byte in bytes { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        return hash
    }
}
