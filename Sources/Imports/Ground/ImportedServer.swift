/// One address a document names.
package struct ImportedServer: Sendable, Hashable {
    package let url: String
    /// What the document says it is for.
    package let about: String

    package init(url: String, about: String = "") {
        self.url = url
        self.about = about
    }

    private static let trialWords: Set<String> = [
        "sandbox", "test", "testing", "staging", "stage", "development", "dev", "demo", "mock", "local", "localhost",
    ]

    /// Whether it is one to try things out on, by the words in its address and description.
    package var isSandbox: Bool {
        let words = (url + " " + about).lowercased().split { !$0.isLetter }
        return words.contains { Self.trialWords.contains(String($0)) }
    }
}
