/// Edit distance between two words: letters added, left out or changed.
enum Spelling {
    /// The distance, or nil when it is over `limit`.
    static func distance(_ left: String, _ right: String, atMost limit: Int) -> Int? {
        let left = Array(left.utf8)
        let right = Array(right.utf8)
        guard abs(left.count - right.count) <= limit else { return nil }
        var row = Array(0...right.count)
        for (index, letter) in left.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in right.indices {
                let changed = diagonal + (letter == right[column] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(changed, diagonal + 1, row[column] + 1)
            }
        }
        return row[right.count] <= limit ? row[right.count] : nil
    }
}
