#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// An open file or folder of the system; closed with its last reference.
final class FileDescriptor: Sendable {
    let number: Int32

    /// nil if `number` stands for a failure.
    init?(_ number: Int32) {
        guard number >= 0 else { return nil }
        self.number = number
    }

    deinit { close(number) }

    /// Returns the system's error number, 0 if all went well.
    func write(all bytes: [UInt8]) -> Int32 {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Self.systemWrite(number, buffer.baseAddress.map { $0 + written }, buffer.count - written)
            }
            if count < 0, errno == EINTR { continue }
            if count <= 0 { return count < 0 ? errno : EIO }
            written += count
        }
        return 0
    }

    /// Everything from the beginning, but no more than `limit` bytes; what cannot be read is left out.
    func readAll(limit: Int) -> [UInt8] {
        var status = stat()
        guard fstat(number, &status) == 0 else { return [] }
        let size = min(Int(status.st_size), limit)
        return [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
            while filled < size {
                let count = pread(number, buffer.baseAddress.map { $0 + filled }, size - filled, off_t(filled))
                if count < 0, errno == EINTR { continue }
                if count <= 0 { break }
                filled += count
            }
        }
    }

    private static func systemWrite(_ file: Int32, _ start: UnsafeRawPointer?, _ count: Int) -> Int {
        #if canImport(Glibc)
            Glibc.write(file, start, count)
        #else
            Darwin.write(file, start, count)
        #endif
    }
}
