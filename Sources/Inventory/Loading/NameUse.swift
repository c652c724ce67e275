/// A place where a file mentions something by name.
struct NameUse {
    let name: String
    let field: Field
}
