import ArgumentParser

/// A length of time on the command line: a number with `ms`, `s`, `m`, `h` or `d`.
struct TimeSpan: ExpressibleByArgument {
    let duration: Duration

    init?(argument: String) {
        if argument.hasSuffix("ms") {
            guard let count = Int64(argument.dropLast(2)), count > 0, count <= 1_000_000 else { return nil }
            duration = .milliseconds(count)
            return
        }
        guard let unit = argument.last, let count = Int64(argument.dropLast()), count > 0, count <= 1_000_000 else {
            return nil
        }
        switch unit {
        case "s": duration = .seconds(count)
        case "m": duration = .seconds(count * 60)
        case "h": duration = .seconds(count * 3600)
        case "d": duration = .seconds(count * 86_400)
        default: return nil
        }
    }
}
