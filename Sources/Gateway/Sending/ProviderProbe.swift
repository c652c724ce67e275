package import Access
import Contracts
package import Inventory
package import NIOCore
package import Store
package import Wire

/// Asks a provider by itself: signed and over the provider's own connection, but without contract, error map, cache or
/// second try, so that what comes back is what the provider says.
///
/// For verifying providers; everyone else calls through the corridor.
package struct ProviderProbe: Sendable {
    private let route: ProviderRoute
    private let endpoint: Endpoint
    private let secrets: any SecretStore
    private let client: HTTPClient
    private let clock: any WallClock

    /// Nil where the provider has no address in that environment.
    package init?(
        _ provider: Provider, in environment: EnvironmentName, secrets: any SecretStore, client: HTTPClient,
        clock: any WallClock
    ) {
        let book = EndpointBook(secrets: secrets)
        let making = RouteMaking(
            environment: environment, timing: .firstRun, endpoints: { book.endpoint(of: $0, in: $1) })
        var findings: [Finding] = []
        route = ProviderRoute(provider, making, &findings)
        guard let endpoint = route.endpoint else { return nil }
        self.endpoint = endpoint
        self.secrets = secrets
        self.client = client
        self.clock = clock
    }

    /// Sends once; where the provider's content echoes a secret, its name stands there. Throws `Problem` where a secret is missing and `ClientError` where no whole answer comes.
    ///
    /// - Parameters:
    ///   - path: percent-encoded, below the provider's base path.
    ///   - fields: without those that show who Footing is; the provider's own take their place.
    package func send(
        method: String, path: String, query: String, fields: FieldList, content: ByteBuffer
    ) async throws -> (head: ResponseHead, content: ByteBuffer) {
        let request = try signed(method: method, path: path, query: query, fields: fields, content: content)
        let patience = route.provider.timeouts.total
        let answer = try await client.send(
            ClientRequest(
                endpoint: endpoint,
                head: RequestHead(
                    method: request.method, target: request.target, authority: "", fields: request.fields),
                content: .whole(content), connectTimeout: route.provider.timeouts.connect, firstByteTimeout: patience,
                timeout: patience))
        let content = secrets.currentScrubber().scrub(Array(answer.content.readableBytesView))
        return (answer.head, ByteBuffer(bytes: content))
    }

    private func signed(method: String, path: String, query: String, fields: FieldList, content: ByteBuffer) throws
        -> WireRequest
    {
        let context = CallContext(
            CallRequest(
                provider: route.provider.name, target: .typed(operation: "", input: .null), credential: .presented,
                requestID: "", mayDefer: false), ids: TimeOrderedIDs(clock: clock), began: Moment(clock))
        context.route = route
        var fields = fields
        if case .none = route.provider.auth {} else { fields.remove(.authorization) }
        if case .header(let name, _) = route.provider.auth, let name = FieldName(name) { fields.remove(name) }
        let length: BodyLength = content.readableBytes == 0 ? .none : .exactly(content.readableBytes)
        context.wire = WireRequest(
            method: method, path: path, query: query, fields: fields, length: length, body: content)
        try Sign(secrets: SecretCache(store: secrets)).run(context, at: context.began)
        return context.wire
    }
}
