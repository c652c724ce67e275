import Testing

@testable import footing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite("Files and folders of the command line")
struct FilesTests {
    private static func temporaryFolder() throws -> String {
        var template = Array("/tmp/footing-cli-XXXXXX".utf8CString)
        let path = try #require(mkdtemp(&template))
        return String(cString: path)
    }

    @Test("a file is written whole, over an older one, and nothing is left beside it")
    func writing() throws {
        let folder = try Self.temporaryFolder()
        try Files.write(Array("first".utf8), to: folder + "/report")
        try Files.write(Array("second".utf8), to: folder + "/report")
        #expect(try Files.read(folder + "/report") == Array("second".utf8))
        Files.remove(folder + "/report")
        #expect(rmdir(folder) == 0)
    }

    @Test("a file that cannot be written is a failure, and leaves nothing")
    func unwritable() throws {
        #expect(throws: Failure.self) { try Files.write([1], to: "/nowhere/at/all") }
        let folder = try Self.temporaryFolder()
        #expect(mkdir(folder + "/taken", 0o700) == 0)
        #expect(throws: Failure.self) { try Files.write([1], to: folder + "/taken") }
        #expect(rmdir(folder + "/taken") == 0)
        #expect(rmdir(folder) == 0)
    }

    @Test("a file beyond the limit is refused")
    func limit() throws {
        let folder = try Self.temporaryFolder()
        try Files.write([UInt8](repeating: 0, count: 100), to: folder + "/large")
        #expect(throws: Failure.self) { try Files.read(folder + "/large", limit: 99) }
        Files.remove(folder + "/large")
        #expect(rmdir(folder) == 0)
    }

    @Test("a project is found from its folder, from the inner one, and not elsewhere")
    func project() throws {
        let folder = try Self.temporaryFolder()
        #expect(throws: Failure.self) { try ProjectFolder.find(folder) }
        #expect(mkdir(folder + "/footing", 0o700) == 0)
        try Files.write([], to: folder + "/footing/footing.yaml")
        #expect(try ProjectFolder.find(folder).path == folder)
        #expect(try ProjectFolder.find(folder + "/footing/").path == folder)
        Files.remove(folder + "/footing/footing.yaml")
        #expect(rmdir(folder + "/footing") == 0)
        #expect(rmdir(folder) == 0)
    }
}
