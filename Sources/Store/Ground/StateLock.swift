#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Says that a state folder is in use: servers hold it together, and whoever changes the state as a whole holds it alone.
///
/// A lock of the system on the file `lock`, so it ends with its process, however that ends. Released with its last
/// reference.
package final class StateLock: Sendable {
    package enum Use: Sendable {
        /// Beside other servers.
        case serving
        /// With nobody else.
        case alone
    }

    package static let fileName = "lock"

    private let descriptor: Int32

    private init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// nil when somebody else's use stands against it. The folder must be there.
    package static func take(_ folder: String, for use: Use) throws(StoreError) -> StateLock? {
        let path = "\(folder)/\(fileName)"
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            throw StoreError(
                .failed, "The state folder cannot be used: is it there, and may Footing write to it?",
                detail: "\(path): \(String(cString: strerror(errno)))")
        }
        let lock = StateLock(descriptor)
        return flock(descriptor, (use == .serving ? LOCK_SH : LOCK_EX) | LOCK_NB) == 0 ? lock : nil
    }

    /// Whether a server that knows of this lock has ever used the folder.
    package static func isKnown(in folder: String) -> Bool {
        access("\(folder)/\(fileName)", F_OK) == 0
    }
}
