package import Store

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file of a workspace opened for reading: stays readable when it is replaced meanwhile; closed with its last reference.
package final class OpenArtifact: Sendable {
    package let name: String
    /// Bytes.
    package let size: Int
    /// Media type.
    package let type: String
    package let created: Timestamp
    private let descriptor: FileDescriptor

    init(name: String, size: Int, created: Timestamp, descriptor: FileDescriptor) {
        self.name = name
        self.size = size
        self.type = MediaType.of(name)
        self.created = created
        self.descriptor = descriptor
    }

    /// Up to `count` bytes from `offset`; empty at the end. Blocks while the disk reads.
    package func read(at offset: Int, upTo count: Int) throws(Problem) -> [UInt8] {
        guard offset >= 0, offset < size else { return [] }
        let wanted = min(max(count, 0), size - offset)
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, filled in
            while filled < wanted {
                let got = pread(
                    descriptor.number, buffer.baseAddress.map { $0 + filled }, wanted - filled, off_t(offset + filled))
                if got < 0, errno == EINTR { continue }
                if got < 0 { failure = errno }
                if got <= 0 { break }
                filled += got
            }
        }
        guard failure == 0 else { throw Problem.fileTrouble("read", errno: failure) }
        return bytes
    }
}
