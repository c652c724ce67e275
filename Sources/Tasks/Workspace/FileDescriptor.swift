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
}
