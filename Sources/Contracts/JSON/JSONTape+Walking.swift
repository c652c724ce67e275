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
}
