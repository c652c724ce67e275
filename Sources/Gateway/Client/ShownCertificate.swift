package import Inventory
package import NIOSSL
import Synchronization

/// The certificate that callers are shown over TLS, taken anew from its files when those change.
///
/// New connections see a renewed certificate at once after `look`; connections that are open stay as they are. Files that
/// cannot be used change nothing: a renewal writes one after the other.
package final class ShownCertificate: Sendable {
    /// What a look at the files brought.
    package enum Change: Sendable, Equatable {
        case none
        case renewed
        /// Told once for each fault; what was shown before is still shown.
        case refused(TLSFault)
    }

    private struct Material: Equatable {
        let chain: [NIOSSLCertificate]
        let key: NIOSSLPrivateKey
    }

    private struct State {
        var material: Material
        var context: NIOSSLContext
        var fault: TLSFault?
    }

    private let files: ListenTLS
    private let state: Mutex<State>

    package init(_ files: ListenTLS) throws(TLSFault) {
        self.files = files
        let material = try Self.read(files)
        state = Mutex(State(material: material, context: try Self.context(material, files)))
    }

    /// For the next connection.
    package var context: NIOSSLContext { state.withLock { $0.context } }

    package func look() -> Change {
        do throws(TLSFault) {
            let material = try Self.read(files)
            guard material != state.withLock({ $0.material }) else {
                state.withLock { $0.fault = nil }
                return .none
            }
            let context = try Self.context(material, files)
            state.withLock { $0 = State(material: material, context: context) }
            return .renewed
        } catch {
            return state.withLock { state in
                defer { state.fault = error }
                return state.fault == error ? .none : .refused(error)
            }
        }
    }

    private static func read(_ files: ListenTLS) throws(TLSFault) -> Material {
        let chain: [NIOSSLCertificate]
        do {
            chain = try NIOSSLCertificate.fromPEMFile(files.certificate)
        } catch {
            throw TLSFault("\(files.certificate) cannot be read as certificates in PEM")
        }
        guard !chain.isEmpty else { throw TLSFault("\(files.certificate) holds no certificate in PEM") }
        do {
            return Material(chain: chain, key: try NIOSSLPrivateKey(file: files.key, format: .pem))
        } catch {
            throw TLSFault("\(files.key) cannot be read as a private key in PEM")
        }
    }

    private static func context(_ material: Material, _ files: ListenTLS) throws(TLSFault) -> NIOSSLContext {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: material.chain.map { .certificate($0) }, privateKey: .privateKey(material.key))
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["h2", "http/1.1"]
        do {
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw TLSFault("\(files.certificate) and \(files.key) do not belong together")
        }
    }
}
