/// What a person found out about a write whose outcome was unknown.
package enum IntentResolution: Sendable, Equatable {
    /// It happened; whoever asks again with its key gets this status, 200 where nobody knows it.
    case happened(status: Int?)
    /// It did not happen, and may be tried again.
    case didNotHappen
}
