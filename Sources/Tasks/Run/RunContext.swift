import Contracts

/// What a recipe's expressions see: `{input, steps, task: {id}}`, and `item` and `index` inside a `for_each`.
struct RunContext: Sendable {
    private let input: JSONValue
    private let task: String
    private var steps: JSONObject = [:]

    init(input: JSONValue, task: String) {
        self.input = input
        self.task = task
    }

    mutating func finished(_ step: String, _ result: JSONValue) {
        steps[step] = result
    }

    var json: JSONValue {
        ["input": input, "steps": .object(steps), "task": ["id": .string(task)]]
    }

    func json(item: JSONValue, index: Int) -> JSONValue {
        [
            "input": input, "steps": .object(steps), "item": item, "index": JSONValue(index),
            "task": ["id": .string(task)],
        ]
    }
}
