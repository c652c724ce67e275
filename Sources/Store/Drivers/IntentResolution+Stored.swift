extension IntentResolution {
    /// The state that the write is in from then on, and the status that whoever asks again gets.
    var stored: (state: IntentRecord.State, status: Int?) {
        switch self {
        case .happened(let status): (.happened, status ?? 200)
        case .didNotHappen: (.notHappened, nil)
        }
    }
}
