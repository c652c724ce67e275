/// What the store knows about a write that is about to be sent.
package enum IntentStart: Sendable, Equatable {
    /// Nothing: the intent is durable now, send it.
    case begun
    /// An earlier attempt had an unknown outcome and may be repeated: send it, with the key that attempt showed.
    case repeated(callID: String, providerKey: String?)
    /// Another call is sending it.
    case inFlight(callID: String, since: Timestamp)
    /// It was answered; `expires` is when the answer is forgotten.
    case answered(StoredAnswer, callID: String, expires: Timestamp)
    /// The same key came with another request.
    case conflict(callID: String)
    /// An earlier attempt began it, its outcome is unknown, and it may not be repeated.
    case unknown(callID: String, since: Timestamp)
}
