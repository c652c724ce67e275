package import Gateway
package import Wire

/// Where a listener listens and what it puts up with.
package struct ListenerOptions: Sendable {
    package var host: String
    /// 0: any that is free.
    package var port: Int
    /// Asked for every connection; nil: cleartext.
    package var certificate: ShownCertificate?
    package var limits = WireLimits()
    package var patience = Patience()
    /// Open at once; a connection beyond is answered 503 and closed.
    package var connections = 20_000
    /// Open at once from one address that is not of this machine.
    package var connectionsPerAddress = 2_000
    /// How long answers under way may take at shutdown.
    package var drain = Duration.seconds(30)

    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }
}
