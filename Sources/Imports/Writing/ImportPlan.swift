/// What an import changes: made without writing anything, so that it can be shown, rehearsed, or done as a whole.
package struct ImportPlan: Sendable {
    package struct OperationChange: Sendable {
        package enum Kind: String, Sendable {
            case added, changed, same
        }

        package let name: String
        package let origin: String
        package let kind: Kind
        package let risk: String
        /// The keys that change.
        package let keys: [String]
    }

    /// A person's change that stays, though the document says something new.
    package struct Dispute: Sendable, Hashable {
        /// `operation post-charges: risk`, or a file's name.
        package let what: String
        package let mine: String
        package let theirs: String
    }

    package internal(set) var operations: [OperationChange] = []
    package internal(set) var files: [FileChange] = []
    package internal(set) var disputes: [Dispute] = []
    /// Changes of a person that stay and that the document does not dispute.
    package internal(set) var kept: [String] = []
    /// Operations that an earlier import wrote and the document no longer has.
    package internal(set) var gone: [String] = []
    package internal(set) var notes: [ImportNote] = []
    /// The secret the provider's key is kept under, when it needs one.
    package internal(set) var secret: String?

    package var isEmpty: Bool { files.isEmpty }

    /// - Parameters:
    ///   - present: methods and paths of all operations of the document, wanted or not, to tell which are gone; nil when the
    ///     document does not describe everything.
    ///   - file: the content of a file below the footing folder; nil when there is none.
    package static func make(
        _ api: ImportedAPI, _ settings: ImportSettings, present: Set<String>? = nil,
        file: @escaping (_ path: String) throws -> [UInt8]?
    ) throws -> ImportPlan {
        var maker = try ImportPlanMaker(api, settings, read: file)
        try maker.make(present: present)
        return maker.plan
    }
}
