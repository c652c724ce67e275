import Contracts

/// A value in one of the files of a description.
struct DocumentPlace: Hashable, Sendable {
    /// The file's path below the main document's folder; empty for the main document.
    var file = ""
    var pointer = JSONPointer()

    func appending(_ tokens: String...) -> DocumentPlace {
        DocumentPlace(file: file, pointer: JSONPointer(tokens: pointer.tokens + tokens))
    }
}
