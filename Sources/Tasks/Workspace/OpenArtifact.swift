import Crypto
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
    /// Tells this content from others of the name: letters, digits and dashes.
    package let tag: String
    private let descriptor: FileDescriptor

    init(_ artifact: Artifact, _ descriptor: FileDescriptor) {
        name = artifact.name
        size = artifact.size
        type = artifact.type
        created = artifact.created
        // Files of earlier servers are never changed in place.
        tag =
            artifact.sha256.isEmpty
            ? "\(artifact.size)-\(artifact.created.milliseconds)" : artifact.sha256
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

    /// SHA-256 of what the file really holds, 64 hexadecimal digits. Reads it whole.
    package func hash() throws(Problem) -> String {
        var hash = SHA256()
        var offset = 0
        while offset < size {
            let piece = try read(at: offset, upTo: 1 << 20)
            guard !piece.isEmpty else { break }
            hash.update(data: piece)
            offset += piece.count
        }
        return Hex.text(hash.finalize())
    }
}
