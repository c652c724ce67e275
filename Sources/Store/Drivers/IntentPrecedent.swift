/// What an earlier write with the same key means for a new one: the rule by which a write happens once, whatever the store.
enum IntentPrecedent {
    /// Nothing any more: it is to be forgotten.
    case over
    /// The new call takes it over and sends it again.
    case `repeat`
    /// Its answer is given again.
    case answer
    case refusal(IntentStart)

    init(
        _ earlier: IntentRecord, fingerprint: String, expires: Timestamp, for intent: NewIntent, mayRepeat: Bool
    ) {
        let isOver =
            switch earlier.state {
            case .notHappened: true
            case .answered, .happened: expires <= intent.begun
            case .inFlight, .unknown: false
            }
        guard !isOver else {
            self = .over
            return
        }
        guard fingerprint == intent.fingerprint else {
            self = .refusal(.conflict(callID: earlier.callID))
            return
        }
        self =
            switch earlier.state {
            case .inFlight: .refusal(.inFlight(callID: earlier.callID, since: earlier.begun))
            case .unknown where mayRepeat: .repeat
            case .unknown, .notHappened: .refusal(.unknown(callID: earlier.callID, since: earlier.begun))
            case .answered, .happened: .answer
            }
    }
}
