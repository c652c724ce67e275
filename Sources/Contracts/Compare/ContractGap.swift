/// Something that one schema lets through and another does not, as far as can be shown without trying all values.
struct ContractGap: Hashable {
    /// The way to the value; `*` for elements and for members without a name.
    var pointer: [String]
    /// The keyword that refuses, or another word for what happened.
    let rule: String
    /// What the schema that lets it through says, and the one that does not; short, empty when there is nothing to say.
    let from: String
    let to: String
    /// Whether some value shows it for sure; otherwise it could not be ruled out.
    let isCertain: Bool
    /// The member it is about, where the value is an object.
    var member: String?

    init(_ rule: String, from: String = "", to: String = "", isCertain: Bool, member: String? = nil) {
        pointer = []
        self.rule = rule
        self.from = from
        self.to = to
        self.isCertain = isCertain
        self.member = member
    }

    func below(_ token: String) -> ContractGap {
        var copy = self
        copy.pointer.insert(token, at: 0)
        return copy
    }
}
