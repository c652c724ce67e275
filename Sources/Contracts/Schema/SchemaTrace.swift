/// What the keywords of one schema have looked at in one value: the places of members' values or elements.
struct SchemaTrace {
    /// Off when nobody will ask.
    let isOn: Bool
    private(set) var places: Set<Int> = []

    init(isOn: Bool) {
        self.isOn = isOn
    }

    mutating func add(_ place: Int) {
        if isOn { places.insert(place) }
    }

    mutating func add(_ other: SchemaTrace) {
        if isOn { places.formUnion(other.places) }
    }

    func contains(_ place: Int) -> Bool {
        places.contains(place)
    }
}
