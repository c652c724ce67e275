import Inventory
import TestSupport
import Testing

@testable import Gateway

@Suite("The certificate that callers are shown")
struct ShownCertificateTests {
    private let folder: TemporaryFolder
    private let files: ListenTLS

    init() throws {
        folder = try TemporaryFolder()
        files = ListenTLS(certificate: folder.file("certificate.pem"), key: folder.file("key.pem"))
        try folder.write("certificate.pem", TLSSamples.server)
        try folder.write("key.pem", TLSSamples.serverKey)
    }

    @Test("a renewed pair is taken, and only once")
    func renewed() throws {
        let shown = try ShownCertificate(files)
        let first = shown.context
        #expect(shown.look() == .none && shown.context === first)
        try folder.write("certificate.pem", TLSSamples.client)
        guard case .refused(let fault) = shown.look() else {
            Issue.record("half a renewal was taken")
            return
        }
        #expect(fault.description.hasSuffix("do not belong together") && shown.context === first)
        #expect(shown.look() == .none, "a fault is told once")
        try folder.write("key.pem", TLSSamples.clientKey)
        #expect(shown.look() == .renewed && shown.context !== first)
        #expect(shown.look() == .none)
    }

    @Test("files that are gone or broken leave the earlier certificate in place")
    func broken() throws {
        let shown = try ShownCertificate(files)
        let first = shown.context
        try folder.write("certificate.pem", "no certificate")
        #expect(shown.look() != .none && shown.context === first)
        try folder.write("certificate.pem", TLSSamples.server)
        #expect(shown.look() == .none && shown.context === first)
        #expect(throws: TLSFault.self) {
            try ShownCertificate(ListenTLS(certificate: folder.file("none.pem"), key: files.key))
        }
    }
}
