/// What a call of an operation can do to the world.
public enum Risk: String, CaseIterable, Sendable {
    /// It only looks.
    case read
    /// It changes something.
    case write
    /// It moves money.
    case payment
}
