/// Why a file cannot be embedded; the build shows it.
struct Failure: Error, CustomStringConvertible {
    let description: String
}
