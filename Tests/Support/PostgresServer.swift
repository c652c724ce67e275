import Dispatch
import Foundation
package import Store
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A PostgreSQL server of the tests' own, in a private folder, reached through a socket in it.
///
/// A shell script starts it and waits for the end of its input, which comes when the test process ends in whatever way:
/// then it stops the server and removes the folder. PostgreSQL refuses to run as root, so under root it is the user
/// `postgres`.
package final class PostgresServer: Sendable {
    /// The server that tests share, each with a schema of its own; nil, with a line that says so, where PostgreSQL is
    /// not installed.
    package static let shared = PostgresServer.start(maxConnections: 300)

    private let folder: String
    private let input: FileHandle
    private let output: FileHandle
    private let process: Process
    private let schemas = Atomic<Int>(0)
    private let queue = DispatchQueue(label: "footing.test.postgres")

    /// Folder of the server's programs; nil where it is not installed.
    package static let programs: String? = {
        let places = (15...19).reversed().map { "/usr/lib/postgresql/\($0)/bin" } + ["/opt/homebrew/opt/postgresql/bin"]
        return places.first { access($0 + "/initdb", X_OK) == 0 }
    }()

    package static func start(maxConnections: Int) -> PostgresServer? {
        guard let programs else {
            print("skipped: PostgreSQL's server is not installed (Debian: postgresql)")
            return nil
        }
        do {
            return try PostgresServer(programs: programs, maxConnections: maxConnections)
        } catch {
            print("skipped: PostgreSQL's server did not start: \(error)")
            return nil
        }
    }

    private static let script = """
        set -eu
        "$1/initdb" -D "$2/data" -U footing -A trust -E UTF8 --no-locale --no-sync >"$2/log" 2>&1
        options="-c listen_addresses= -c unix_socket_directories=$2 -c max_connections=$3 -c shared_buffers=64MB -c fsync=off"
        pg() { "$1/pg_ctl" -D "$2/data" -w -l "$2/log" -o "$options" $3 >/dev/null 2>&1; }
        pg "$1" "$2" start
        "$1/psql" -q -h "$2" -U footing -d postgres -c "DO \\$\\$ BEGIN FOR n IN 1..400 LOOP
            EXECUTE 'CREATE SCHEMA case_' || n; END LOOP; END \\$\\$" >/dev/null 2>&1
        echo ready
        while read -r line; do
            pg "$1" "$2" "$line" || true
            echo done
        done
        pg "$1" "$2" "stop -m immediate" || true
        rm -rf "$2"
        """

    private init(programs: String, maxConnections: Int) throws {
        folder = "/tmp/footing-pg-" + String(UInt64.random(in: .min ... .max), radix: 36)
        guard mkdir(folder, 0o700) == 0 else { throw StoreError(.failed, "mkdir \(folder)") }
        var command = ["/bin/sh", "-c", Self.script, "footing-postgres", programs, folder, String(maxConnections)]
        if getuid() == 0 {
            guard let user = getpwnam("postgres") else { throw StoreError(.failed, "no user postgres") }
            chown(folder, user.pointee.pw_uid, user.pointee.pw_gid)
            command = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] + command
        }
        // In a session of its own, so that Ctrl-C reaches the tests alone.
        command = ["/usr/bin/env", "setsid"] + command
        let (stdin, stdout) = (Pipe(), Pipe())
        for end in [stdin.fileHandleForWriting, stdout.fileHandleForReading] {
            _ = fcntl(end.fileDescriptor, F_SETFD, FD_CLOEXEC)
        }
        process = Process()
        process.executableURL = URL(filePath: command[0])
        process.arguments = Array(command.dropFirst())
        process.currentDirectoryURL = URL(filePath: "/")
        process.standardInput = stdin
        process.standardOutput = stdout
        process.standardError = FileHandle.nullDevice
        try process.run()
        // The child has its own copy: the pipe ends when this process does.
        try? stdin.fileHandleForReading.close()
        try? stdout.fileHandleForWriting.close()
        input = stdin.fileHandleForWriting
        output = stdout.fileHandleForReading
        guard Self.line(of: output) == "ready" else { throw StoreError(.failed, "see \(folder)/log") }
    }

    deinit {
        try? input.close()
    }

    /// The address of an empty schema; with further parameters of the URL, e.g. `&connect_timeout=2`.
    package func schema(_ parameters: String = "") -> String {
        let number = schemas.add(1, ordering: .relaxed).newValue
        let host = folder.split(separator: "/").joined(separator: "%2F")
        return "postgresql://footing@/postgres?host=%2F\(host)&options=-csearch_path%3Dcase_\(number)\(parameters)"
    }

    /// An empty store of the server.
    package func store(_ options: PostgresOptions = PostgresOptions()) async throws -> PostgresStore {
        try await PostgresStore.open(PostgresAddress(schema()), options: options)
    }

    /// `start`, or `stop` and `restart` with `-m fast` or `-m immediate`; returns once it is done.
    package func control(_ command: String) async {
        await withCheckedContinuation { continuation in
            queue.async { [self] in
                input.write(Data((command + "\n").utf8))
                _ = Self.line(of: output)
                continuation.resume()
            }
        }
    }

    private static func line(of handle: FileHandle) -> String {
        var bytes: [UInt8] = []
        while let byte = (try? handle.read(upToCount: 1))?.first, byte != UInt8(ascii: "\n") { bytes.append(byte) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
