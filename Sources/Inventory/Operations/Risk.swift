/// What a call of an operation can do to the world.
public enum Risk: String, CaseIterable, Sendable {
    /// It only looks.
    case read
    /// It changes something.
    case write
    /// It moves money.
    case payment

    /// What a method is taken to do where nothing is declared.
    package static func usual(of method: String) -> Risk {
        ["GET", "HEAD", "OPTIONS"].contains(method) ? .read : .write
    }
}
