extension LoadSession {
    /// The secret's name under a key; what stands there in its place is reported and never repeated.
    func secret(_ key: String, in map: MapReader, required: Bool = false) -> SecretName? {
        guard let field = map.value(key, required: required ? "the name of a secret" : nil) else { return nil }
        guard let name = field.node.text, Names.isName(name) else {
            field.wrongUnseen(expected: "the name of a secret (\(Names.expected)), never its value")
            return nil
        }
        secretUses.append(NameUse(name: name, field: field))
        return SecretName(name)
    }
}
