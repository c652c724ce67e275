#if canImport(Glibc)
    import Dispatch
    import Glibc

    /// Says at once that something in a folder may have changed (inotify).
    ///
    /// A hint and no more: what changed is found by looking, and a hint that is lost costs only the time until the next look.
    final class FolderWatch {
        private static let events =
            UInt32(IN_CLOSE_WRITE) | UInt32(IN_CREATE) | UInt32(IN_DELETE) | UInt32(IN_MOVED_FROM)
            | UInt32(IN_MOVED_TO) | UInt32(IN_ATTRIB) | UInt32(IN_DELETE_SELF) | UInt32(IN_MOVE_SELF)

        private let descriptor: CInt
        private let source: any DispatchSourceRead

        /// nil where the system gives out no more watches.
        init?(_ hint: @escaping @Sendable () -> Void) {
            descriptor = inotify_init1(CInt(IN_NONBLOCK) | CInt(IN_CLOEXEC))
            guard descriptor >= 0 else { return nil }
            let source = DispatchSource.makeReadSource(
                fileDescriptor: descriptor, queue: DispatchQueue(label: "footing.reload"))
            source.setEventHandler { [descriptor] in
                var buffer = [UInt8](repeating: 0, count: 4096)
                while read(descriptor, &buffer, buffer.count) > 0 {}
                hint()
            }
            source.setCancelHandler { [descriptor] in close(descriptor) }
            source.resume()
            self.source = source
        }

        deinit {
            source.cancel()
        }

        /// Watches these folders too; one that is watched already stays as it is.
        func add(_ folders: [String]) {
            for folder in folders { _ = inotify_add_watch(descriptor, folder, Self.events) }
        }
    }
#else
    /// There is nothing that gives hints here; looking every now and then is enough.
    final class FolderWatch {
        init?(_ hint: @escaping @Sendable () -> Void) { return nil }

        func add(_ folders: [String]) {}
    }
#endif
