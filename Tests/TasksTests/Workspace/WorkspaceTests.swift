import Store
import TestSupport
import Testing

@testable import Tasks

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension Timestamp {
    /// Later than any file.
    fileprivate static let distant = Timestamp(milliseconds: 1 << 50)
}

@Suite struct WorkspaceTests {
    private let folder: TemporaryFolder
    private let workspaces: Workspaces
    private let at = Timestamp(milliseconds: 1000)

    init() throws {
        folder = try TemporaryFolder()
        workspaces = Workspaces(root: folder.file("a/b"), quota: 100)
    }

    private func code(_ body: () throws -> Void) -> String? {
        do {
            try body()
            return nil
        } catch {
            return (error as? Problem)?.code
        }
    }

    private func contents(_ artifact: OpenArtifact?) throws -> String {
        String(decoding: try artifact?.read(at: 0, upTo: 1000) ?? [], as: UTF8.self)
    }

    @Test("A published file is listed and can be read, with its size, type and hash")
    func publish() throws {
        let workspace = try workspaces.of("tk_1")
        #expect(try workspace.list() == [])
        #expect(try workspace.open("report.pdf") == nil)
        let artifact = try workspace.publish("report.pdf", Array("hello".utf8), at: at)
        #expect(artifact.sha256 == "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824")
        #expect(artifact.type == "application/pdf")
        _ = try workspace.publish("a.csv", [], at: at)
        let listed = try workspace.list()
        #expect(listed.map(\.name) == ["a.csv", "report.pdf"])
        #expect(listed[1].sha256 == artifact.sha256)
        #expect(listed[1].size == 5)
        let file = try #require(try workspace.open("report.pdf"))
        #expect(try file.read(at: 1, upTo: 3) == Array("ell".utf8))
        #expect(try file.read(at: 5, upTo: 3) == [])
        #expect(try file.read(at: -1, upTo: 3) == [])
        #expect(try folder.permissions("a/b/tk_1") == 0o700)
        #expect(try folder.permissions("a/b/tk_1/.file-report.pdf") == 0o600)
        #expect(try folder.permissions("a/b/.blobs/2c/\(artifact.sha256)") == 0o600)
        #expect(listed[1].created == at)
    }

    @Test("A file is replaced as a whole; who reads the old one reads it to its end")
    func replace() throws {
        let workspace = try workspaces.of("tk_1")
        _ = try workspace.publish("a.txt", Array("old".utf8), at: at)
        let old = try workspace.open("a.txt")
        _ = try workspace.publish("a.txt", Array("newer".utf8), at: at)
        #expect(try contents(old) == "old")
        #expect(try contents(try workspace.open("a.txt")) == "newer")
        #expect(try workspace.list().count == 1)
    }

    @Test(
        "Names that could leave the folder, or that no system likes, are refused",
        arguments: [
            "", ".", "..", "../x", "a/b", ".hidden", "a\0b", "naïve.txt", "a b", "a\\b", "a:b", "a\nb", "~", "*",
            String(repeating: "x", count: 129),
        ])
    func names(name: String) throws {
        let workspace = try workspaces.of("tk_1")
        #expect(code { _ = try workspace.publish(name, [], at: at) } == "file_name_refused")
        #expect(try workspace.open(name) == nil)
        #expect(code { _ = try workspaces.of(name) } == "file_name_refused")
    }

    @Test("Symbolic links are not followed, neither as a file nor as the folder")
    func links() throws {
        try folder.write("secret.txt", "secret")
        let workspace = try workspaces.of("tk_1")
        _ = try workspace.publish("a.txt", [], at: at)
        #expect(symlink(folder.file("secret.txt"), folder.file("a/b/tk_1/link.txt")) == 0)
        #expect(mkfifo(folder.file("a/b/tk_1/pipe.txt"), 0o600) == 0)
        #expect(try workspace.open("link.txt") == nil)
        #expect(try workspace.open("pipe.txt") == nil)
        #expect(try workspace.list().map(\.name) == ["a.txt"])
        _ = try workspace.publish("link.txt", Array("mine".utf8), at: at)
        #expect(String(decoding: try folder.read("secret.txt"), as: UTF8.self) == "secret")
        #expect(try contents(try workspace.open("link.txt")) == "mine")

        #expect(symlink(folder.path, folder.file("a/b/tk_2")) == 0)
        let other = try workspaces.of("tk_2")
        #expect(code { _ = try other.publish("x.txt", [], at: at) } == "workspace_unusable")
        #expect(code { _ = try other.open("secret.txt") } == "workspace_unusable")
    }

    @Test("The files of a task have a quota together; replacing one frees its room")
    func quota() throws {
        let workspace = try workspaces.of("tk_1")
        _ = try workspace.publish("a", [UInt8](repeating: 1, count: 60), at: at)
        #expect(code { _ = try workspace.publish("b", [UInt8](repeating: 1, count: 41), at: at) } == "workspace_full")
        _ = try workspace.publish("a", [UInt8](repeating: 1, count: 100), at: at)
        #expect(try workspace.list().map(\.size) == [100])
    }

    @Test("Equal contents stand on the disk once, and each task keeps its own")
    func shared() throws {
        let content = Array("the same".utf8)
        let (one, other) = (try workspaces.of("tk_1"), try workspaces.of("tk_2"))
        let hash = try one.publish("a.txt", content, at: at).sha256
        _ = try other.publish("b.txt", content, at: at)
        #expect(try folder.names("a/b/.blobs/\(hash.prefix(2))") == [hash])
        #expect(try workspaces.remove(tasks: ["tk_1"])?.files == 1)
        #expect(try workspaces.removeOrphans(before: .distant) == FileRemoval())
        #expect(try one.list() == [])
        #expect(try contents(try other.open("b.txt")) == "the same")
        #expect(try workspaces.remove(tasks: ["tk_2", "tk_3"])?.tasks == 1)
        #expect(try workspaces.removeOrphans(before: .distant) == FileRemoval(files: 1, bytes: 8))
        #expect(try folder.names("a/b/.blobs/\(hash.prefix(2))") == [])
    }

    @Test("A content that was just kept is not taken for an orphan")
    func young() throws {
        let workspace = try workspaces.of("tk_1")
        _ = try workspace.publish("a.txt", Array("first".utf8), at: at)
        _ = try workspace.publish("a.txt", Array("second".utf8), at: at)
        #expect(try workspaces.removeOrphans(before: at) == FileRemoval())
        #expect(try workspaces.removeOrphans(before: .distant) == FileRemoval(files: 1, bytes: 5))
        #expect(try contents(try workspace.open("a.txt")) == "second")
    }

    @Test("Nothing is removed while a backup copies")
    func held() throws {
        _ = try workspaces.of("tk_1").publish("a.txt", [1], at: at)
        let hold = try workspaces.holdRemovals()
        let removed = try workspaces.remove(tasks: ["tk_1"])
        let orphans = try workspaces.removeOrphans(before: .distant)
        withExtendedLifetime(hold) {}
        #expect(removed == nil && orphans == nil)
    }

    @Test("Files of earlier servers are listed and read as ever, and give way to new ones of their name")
    func earlier() throws {
        try folder.write("a/b/tk_1/old.txt", "old")
        try folder.write("a/b/tk_1/other.csv", "x")
        let workspace = try workspaces.of("tk_1")
        #expect(try workspace.list().map(\.name) == ["old.txt", "other.csv"])
        #expect(try workspace.list()[0].sha256 == "cba06b5736faf67e54b07b561eae94395e774c517a7d910a54369e1263ccfbd4")
        #expect(try contents(try workspace.open("old.txt")) == "old")
        _ = try workspace.publish("old.txt", Array("new".utf8), at: at)
        #expect(try contents(try workspace.open("old.txt")) == "new")
        #expect(access(folder.file("a/b/tk_1/old.txt"), F_OK) != 0)
        #expect(try workspace.list().count == 2)
    }

    @Test("A file with a second name elsewhere is not shown, and a content with one is written anew")
    func hardLinks() throws {
        try folder.write("secret.txt", "secret")
        let workspace = try workspaces.of("tk_1")
        let hash = try workspace.publish("a.txt", Array("mine".utf8), at: at).sha256
        #expect(link(folder.file("secret.txt"), folder.file("a/b/tk_1/link.txt")) == 0)
        #expect(try workspace.open("link.txt") == nil)
        #expect(try workspace.list().map(\.name) == ["a.txt"])
        let blob = "a/b/.blobs/\(hash.prefix(2))/\(hash)"
        #expect(link(folder.file(blob), folder.file("second")) == 0)
        #expect(try workspace.open("a.txt") == nil)
        _ = try workspace.publish("a.txt", Array("mine".utf8), at: at)
        #expect(try contents(try workspace.open("a.txt")) == "mine")
    }

    @Test(
        "An entry that is not ours is no file",
        arguments: [
            "", "{}", "not JSON", #"{"sha256":"../../../etc/passwd","size":1,"type":"a","created":1}"#,
            #"{"sha256":"2CF24DBA5FB0A30E26E83B2AC5B9E29E1B161E5C1FA7425E73043362938B9824","size":5,"type":"a","created":1}"#,
            #"{"sha256":"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824","size":4,"type":"a","created":1}"#,
            #"{"sha256":"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824","size":5,"type":"a\r\nb","created":1}"#,
        ])
    func hostileEntry(entry: String) throws {
        let workspace = try workspaces.of("tk_1")
        _ = try workspace.publish("a.txt", Array("hello".utf8), at: at)
        try folder.write("a/b/tk_1/.file-b.txt", entry)
        #expect(try workspace.open("b.txt") == nil)
        #expect(try workspace.open("a.txt") != nil)
    }

    @Test("The files of a tenant have a quota together, over all its tasks and after a restart")
    func tenantQuota() throws {
        let bytes = { (count: Int) in [UInt8](repeating: 1, count: count) }
        let small = Workspaces(root: folder.file("a/b"), quota: 100, tenantQuota: 100)
        _ = try small.of("tk_1", tenant: "acme").publish("a", bytes(60), at: at)
        #expect(code { _ = try small.of("tk_2", tenant: "acme").publish("b", bytes(41), at: at) } == "tenant_full")
        _ = try small.of("tk_3", tenant: "other").publish("b", bytes(100), at: at)
        _ = try small.of("tk_2", tenant: "acme").publish("b", bytes(40), at: at)
        _ = try small.of("tk_2", tenant: "acme").publish("b", bytes(10), at: at)
        let again = Workspaces(root: folder.file("a/b"), quota: 100, tenantQuota: 100)
        #expect(code { _ = try again.of("tk_4", tenant: "acme").publish("c", bytes(31), at: at) } == "tenant_full")
        #expect(try again.remove(tasks: ["tk_1"]) != nil)
        _ = try again.of("tk_4", tenant: "acme").publish("c", bytes(90), at: at)
    }

    @Test("What a crash left half-written is not shown, and swept away")
    func sweep() throws {
        let workspace = try workspaces.of("tk_1")
        _ = try workspace.publish("a", [], at: at)
        try folder.write("a/b/tk_1/.part-123-b", "half")
        #expect(try workspace.list().map(\.name) == ["a"])
        try workspace.sweep()
        #expect(access(folder.file("a/b/tk_1/.part-123-b"), F_OK) != 0)
        #expect(try workspace.open("a") != nil)
    }

    #if os(Linux)
        @Test("A full disk is said plainly, and leaves nothing half-written")
        func fullDisk() throws {
            let disk = folder.file("disk")
            #expect(mkdir(disk, 0o700) == 0)
            // Only root may mount; elsewhere the rest is left out.
            guard mount("tmpfs", disk, "tmpfs", 0, "size=64k") == 0 else { return }
            defer { umount2(disk, 2) }
            let workspace = try Workspaces(root: disk).of("tk_1")
            _ = try workspace.publish("small", [1, 2, 3], at: at)
            let large = [UInt8](repeating: 7, count: 1 << 20)
            #expect(code { _ = try workspace.publish("large", large, at: at) } == "disk_full")
            #expect(code { _ = try workspace.publish("small", large, at: at) } == "disk_full")
            #expect(try workspace.list().map(\.size) == [3])
            _ = try workspace.publish("other", [1], at: at)
            #expect(try workspace.list().map(\.name) == ["other", "small"])
        }
    #endif

    @Test(
        "Media types follow the ending",
        arguments: [
            ("a.pdf", "application/pdf"), ("A.CSV", "text/csv; charset=utf-8"),
            ("a.b.html", "text/html; charset=utf-8"),
            ("noending", "application/octet-stream"), ("a.exe", "application/octet-stream"),
        ])
    func types(name: String, type: String) {
        #expect(MediaType.of(name) == type)
    }

    @Test(
        "Where the name says nothing the content does, but nothing becomes HTML by its looks",
        arguments: [
            ("a.html", "%PDF-1.7", "text/html; charset=utf-8"), ("a", "%PDF-1.7", "application/pdf"),
            ("a.bin", "GIF89a...", "image/gif"), ("a", "<script>1</script>", "text/plain; charset=utf-8"),
            ("a", " {\"a\": [1]}\n", "application/json"), ("a", "{\"a\": ", "text/plain; charset=utf-8"),
            ("a", "", "application/octet-stream"), ("a", "a\u{0}b", "application/octet-stream"),
        ])
    func typesByContent(name: String, content: String, type: String) {
        #expect(MediaType.of(name, content: Array(content.utf8)) == type)
    }
}
