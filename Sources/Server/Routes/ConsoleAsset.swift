/// One file of the console as the build has put it into the binary.
struct ConsoleAsset: Sendable {
    let text: StaticString
    /// Media type with charset.
    let type: String
    /// Strong entity tag, quoted.
    let tag: String
}
