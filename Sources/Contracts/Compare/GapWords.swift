/// Says what a gap between two versions means.
struct GapWords {
    let side: ContractChange.Side
    /// Values that kept to the contract may break it now; otherwise the later version only allows more on the one side or
    /// promises more on the other.
    let isHarmful: Bool

    /// Whether the schema that lets the value through is the later one.
    private var isNewer: Bool { (side == .answer) == isHarmful }

    func change(_ gap: ContractGap) -> ContractChange {
        let pointer = JSONPointer(tokens: gap.pointer + (gap.member.map { [$0] } ?? [])).description
        return ContractChange(severity(gap), side, pointer: pointer, rule: gap.rule, message: message(gap))
    }

    private func severity(_ gap: ContractGap) -> ContractChange.Severity {
        if isHarmful { return gap.isCertain ? .breaking : .risky }
        // The provider may no longer read what it no longer describes.
        return side == .request && (gap.rule == "undeclared" || gap.rule == "additionalProperties") ? .risky : .safe
    }

    private func message(_ gap: ContractGap) -> String {
        let (old, new) = isNewer ? (gap.to, gap.from) : (gap.from, gap.to)
        switch gap.rule {
        case "required", "dependentRequired":
            let condition = gap.rule == "required" || gap.to.isEmpty ? "" : ", " + gap.to
            return switch (side, isHarmful) {
            case (.request, true): "must be given now" + condition
            case (.request, false): "need not be given any more" + condition
            case (.answer, true): "may be missing now" + condition
            case (.answer, false): "is always there now" + condition
            }
        case "values":
            return isNewer
                ? (side == .answer ? "new values may come: \(gap.from)" : "new values are accepted: \(gap.from)")
                : (side == .request
                    ? "values are no longer accepted: \(gap.from)" : "values no longer come: \(gap.from)")
        case "enum":
            return isNewer
                ? "is no longer limited to \(gap.to)" : "is limited to \(gap.to) now"
        case "undeclared":
            return switch (side, isHarmful) {
            case (.request, true): "is new; who sent it before it was described must fit its schema now"
            case (.answer, false): "is new"
            default: "is no longer described"
            }
        case "additionalProperties":
            let what = gap.member == nil ? "members without a name" : "the member"
            let verb = gap.member == nil ? "are" : "is"
            return isNewer
                ? "\(what) that \(verb) not described so far may be there" : "\(what) \(verb) no longer accepted"
        case "false": return isNewer ? "is allowed now" : "is not allowed any more"
        case "alternatives":
            return isNewer ? "has other alternatives" : "fits no longer all of the alternatives it fitted"
        case "size": return "is too large or too deep to be compared completely"
        case "type", "pattern", "format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
            "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties", "uniqueItems", "items":
            return "was \(old.isEmpty ? "free" : old), is \(new.isEmpty ? "free" : new)"
        default: return "\(gap.rule) differs, and it cannot be shown that this does no harm"
        }
    }
}
