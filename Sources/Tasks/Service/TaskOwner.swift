/// Who submits a task: taken from the token that the caller showed.
package struct TaskOwner: Sendable, Equatable {
    package let tenant: String
    /// The token's id; a task belongs to it.
    package let ownerID: String
    /// The token's name, for people.
    package let ownerName: String

    package init(tenant: String, ownerID: String, ownerName: String) {
        self.tenant = tenant
        self.ownerID = ownerID
        self.ownerName = ownerName
    }
}
