/// The seven states everything can be in: a shape where the locale is UTF-8, a word elsewhere, so that colour never carries meaning alone.
enum Shape: Sendable {
    case ok, slow, fail, run, person, held, none

    var ink: Ink {
        switch self {
        case .ok: .ok
        case .slow: .warn
        case .fail: .fail
        case .run: .run
        case .person: .wait
        case .held, .none: .note
        }
    }

    private var sign: String {
        switch self {
        case .ok: "✓"
        case .slow: "▲"
        case .fail: "✗"
        case .run: "◐"
        case .person: "◆"
        case .held: "‖"
        case .none: "○"
        }
    }

    private var word: String {
        switch self {
        case .ok: "ok"
        case .slow: "slow"
        case .fail: "FAIL"
        case .run: "run"
        case .person: "you"
        case .held: "hold"
        case .none: "none"
        }
    }

    /// All shapes of one terminal are equally wide, so that columns hold.
    func text(on terminal: Terminal) -> String {
        terminal.paint(terminal.isUTF8 ? sign : word.padded(4), ink)
    }

    static func width(on terminal: Terminal) -> Int { terminal.isUTF8 ? 1 : 4 }
}
