extension SchemaEvaluator {
    /// After a run that noted: values of members that the schema does not name, in objects whose members it names.
    func unnamedMembers() -> [Int] {
        guard undeclared != 0 else { return [] }
        var places: [Int] = []
        var open = [0]
        while let place = open.popLast() {
            switch tape.nodes[place].kind {
            case .array: open += tape.elements(of: place)
            case .object:
                let isNamed = marks[place] & Mark.entered != 0
                for member in tape.members(of: place) {
                    if isNamed, marks[member.value] & Mark.known == 0 {
                        places.append(member.value)
                    } else {
                        open.append(member.value)
                    }
                }
            default: break
            }
        }
        return places
    }
}
