import Contracts

/// The content of a request, an answer or a message.
package enum PactBody: Sendable, Hashable {
    /// Nothing is said about it.
    case missing
    /// There is to be none.
    case empty
    case present([UInt8], MediaType?)

    package var bytes: [UInt8]? {
        if case .present(let bytes, _) = self { bytes } else { nil }
    }

    /// The type said with the content itself.
    package var type: MediaType? {
        if case .present(_, let type) = self { type } else { nil }
    }

    /// Content as it came over the wire.
    package init(received bytes: [UInt8]) {
        self = bytes.isEmpty ? .missing : .present(bytes, nil)
    }
}
