/// A call in a recipe: the operation it names, and the arguments it gives.
struct CallUse {
    let provider: String
    let operation: String
    let arguments: DataNode?
    let field: Field
}
