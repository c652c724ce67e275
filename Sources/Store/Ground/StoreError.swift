/// Why the store could not do something.
///
/// `reason` may be shown to an operator and to a caller; `detail` goes to the log only.
package struct StoreError: Error, Sendable, CustomStringConvertible {
    /// An open set; compare by value.
    package struct Code: Sendable, Hashable {
        package let text: String
        /// The disk or the quota is full: nothing was written.
        package static let full = Code(text: "store_full")
        /// The write carried a lease that another worker has taken over, or the task has ended.
        package static let leaseLost = Code(text: "lease_lost")
        /// The state file is damaged, not ours, or of a newer version.
        package static let unreadable = Code(text: "store_unreadable")
        /// More writes wait already than memory is kept for: nothing was written.
        package static let overloaded = Code(text: "store_overloaded")
        /// The database cannot be reached at the moment: nothing was written.
        package static let unavailable = Code(text: "store_unavailable")
        /// The database went away while it committed: whether anything was written is not known.
        package static let unconfirmed = Code(text: "store_unconfirmed")
        /// Anything else the driver reports.
        package static let failed = Code(text: "store_failed")
    }

    package let code: Code
    package let reason: String
    package let detail: String

    package init(_ code: Code, _ reason: String, detail: String = "") {
        self.code = code
        self.reason = reason
        self.detail = detail
    }

    package var description: String { "\(code.text): \(reason)\(detail.isEmpty ? "" : " (\(detail))")" }
}
