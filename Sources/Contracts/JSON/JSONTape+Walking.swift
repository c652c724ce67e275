extension JSONTape {
    /// The places of a member's name and value.
    struct Member {
        let key: Int
        let value: Int
    }

    /// The members of the object at a place, replaced duplicates left out.
    func members(of object: Int) -> some Sequence<Member> {
        let end = after(object)
        return sequence(state: object + 1) { place in
            while place < end {
                let key = place
                place = self.after(key + 1)
                if !self.nodes[key].isDropped { return Member(key: key, value: key + 1) }
            }
            return nil
        }
    }

    /// The places of the elements of the array at a place.
    func elements(of array: Int) -> some Sequence<Int> {
        let end = after(array)
        return sequence(state: array + 1) { place in
            guard place < end else { return nil }
            defer { place = self.after(place) }
            return place
        }
    }
    /// The value that a pointer names; nil when there is none.
    func place(of pointer: JSONPointer) -> Int? {
        var place = 0
        for token in pointer.tokens {
            switch nodes[place].kind {
            case .object:
                guard let member = members(of: place).first(where: { string($0.key) == token }) else { return nil }
                place = member.value
            case .array:
                guard let index = JSONPointer.arrayIndex(token),
                    let element = elements(of: place).dropFirst(index).first(where: { _ in true })
                else { return nil }
                place = element
            default: return nil
            }
        }
        return place
    }
}
