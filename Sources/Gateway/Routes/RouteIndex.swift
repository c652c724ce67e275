/// A provider's operations by method and path, compiled to a tree with one level for each path segment.
///
/// It finds the operation that `Provider.match` finds, literal segments before parameters and parameters with more fixed text before
/// those with less, but looks only at the path's bytes and never allocates. Text is compared byte by byte. Immutable; made from a list
/// of operations, whose places in it are the answers.
package struct RouteIndex: Sendable {
    /// What a method and a path lead to.
    package enum Outcome: Equatable, Sendable {
        /// The place of the operation in the list.
        case operation(Int)
        /// Operations have this path, but none has the method: 405, with `methods(at:)` in `Allow`.
        case methodUnknown
        case pathUnknown
        /// Neither to be matched nor to be sent on: 400.
        case refused(PathFault)
    }

    struct Node: Sendable {
        /// In `literals`, by key.
        var literals: Range<Int>
        /// In `parameters`, those with more fixed text first.
        var parameters: Range<Int>
        /// In `leaves`.
        var leaves: Range<Int>
    }

    /// A segment that must be met exactly.
    struct Literal: Sendable {
        var key: UInt64
        /// In `texts`.
        var text: Range<Int>
        var child: Int
    }

    /// A segment that holds a value between fixed texts.
    struct Parameter: Sendable {
        /// In `texts`.
        var prefix: Range<Int>
        var suffix: Range<Int>
        var child: Int

        var weight: Int { prefix.count + suffix.count }
    }

    /// An operation whose path ends here.
    struct Leaf: Sendable {
        var method: Int
        var operation: Int
    }

    /// Where a parameter of an operation stands.
    struct Place: Sendable {
        var name: String
        var segment: Int
        /// Bytes of fixed text before and after the value.
        var prefix: Int
        var suffix: Int
    }

    var nodes: [Node] = []
    var literals: [Literal] = []
    var parameters: [Parameter] = []
    var leaves: [Leaf] = []
    var texts: [UInt8] = []
    /// All methods in use.
    var methods: [String] = []
    /// By operation: which of two that fit goes first, the lower one.
    var ranks: [Int] = []
    /// By operation, in the order of its path.
    var places: [[Place]] = []

    /// What a request leads to.
    ///
    /// - Parameters:
    ///   - method: in capitals; HEAD is a method of its own.
    ///   - path: percent-encoded, without query; empty stands for `/`.
    package func match(method: String, path: Span<UInt8>) -> Outcome {
        let isEscaped: Bool
        switch PathScan.verdict(path) {
        case .refused(let fault): return .refused(fault)
        case .plain: isEscaped = false
        case .escaped: isEscaped = true
        }
        let start = min(1, path.count)
        if let method = methods.firstIndex(of: method),
            let operation = find(method, below: 0, path, from: start, isEscaped)
        {
            return .operation(operation)
        }
        var found: Set<Int> = []
        collect(&found, below: 0, path, from: start, isEscaped)
        return found.isEmpty ? .pathUnknown : .methodUnknown
    }

    /// The methods that operations with this path have, for `Allow`; empty when there is none.
    package func methods(at path: Span<UInt8>) -> [String] {
        let verdict = PathScan.verdict(path)
        if case .refused = verdict { return [] }
        var found: Set<Int> = []
        collect(&found, below: 0, path, from: min(1, path.count), verdict == .escaped)
        return found.map { methods[$0] }.sorted()
    }

    /// Calls `body` with the name and the place of every parameter's value, still percent-encoded.
    ///
    /// - Parameters:
    ///   - operation: what `match` answered for this path.
    package func eachParameter(of operation: Int, in path: Span<UInt8>, _ body: (String, Range<Int>) -> Void) {
        guard places.indices.contains(operation) else { return }
        var start = min(1, path.count)
        var segment = 0
        for place in places[operation] {
            while segment < place.segment {
                start = min(endOfSegment(path, from: start) + 1, path.count)
                segment += 1
            }
            let end = endOfSegment(path, from: start)
            let low = skip(path, place.prefix, from: start)
            let high = skip(path, place.suffix, back: end)
            if low <= high { body(place.name, low..<high) }
        }
    }

    // MARK: The walk

    /// The operation with this method that goes first of all below a node that fit the path from `start` on.
    private func find(
        _ method: Int, below node: Int, _ path: Span<UInt8>, from start: Int, _ isEscaped: Bool
    ) -> Int? {
        let segment = Segment(path, from: start, isEscaped)
        if let child = literal(segment, below: node, path),
            let operation = descend(method, to: child, path, segment)
        {
            return operation
        }
        var best: Int?
        var bestWeight = 0
        for index in nodes[node].parameters {
            let parameter = parameters[index]
            // What has less fixed text cannot win any more; what has as much may, further down.
            if best != nil, parameter.weight < bestWeight { break }
            guard fits(parameter, segment, path),
                let operation = descend(method, to: parameter.child, path, segment)
            else { continue }
            if let known = best, ranks[known] < ranks[operation] { continue }
            best = operation
            bestWeight = parameter.weight
        }
        return best
    }

    private func descend(_ method: Int, to child: Int, _ path: Span<UInt8>, _ segment: Segment) -> Int? {
        if segment.end < path.count {
            return find(method, below: child, path, from: segment.end + 1, segment.isEscaped)
        }
        for index in nodes[child].leaves where leaves[index].method == method { return leaves[index].operation }
        return nil
    }

    /// Gathers the methods of all operations that fit.
    private func collect(
        _ found: inout Set<Int>, below node: Int, _ path: Span<UInt8>, from start: Int, _ isEscaped: Bool
    ) {
        let segment = Segment(path, from: start, isEscaped)
        var children: [Int] = []
        if let child = literal(segment, below: node, path) { children.append(child) }
        for index in nodes[node].parameters where fits(parameters[index], segment, path) {
            children.append(parameters[index].child)
        }
        for child in children {
            if segment.end < path.count {
                collect(&found, below: child, path, from: segment.end + 1, isEscaped)
            } else {
                for index in nodes[child].leaves { found.insert(leaves[index].method) }
            }
        }
    }

    private func literal(_ segment: Segment, below node: Int, _ path: Span<UInt8>) -> Int? {
        let range = nodes[node].literals
        guard !range.isEmpty else { return nil }
        let key = segment.key(path)
        var low = range.lowerBound
        var high = range.upperBound
        while low < high {
            let middle = (low + high) / 2
            if literals[middle].key < key { low = middle + 1 } else { high = middle }
        }
        while low < range.upperBound, literals[low].key == key {
            if isEqual(literals[low].text, path, from: segment.start, segment.isEscaped) { return literals[low].child }
            low += 1
        }
        return nil
    }

    private func fits(_ parameter: Parameter, _ segment: Segment, _ path: Span<UInt8>) -> Bool {
        let weight = parameter.weight
        guard segment.count > weight else { return false }
        guard weight > 0 else { return true }
        let tail = skip(path, parameter.suffix.count, back: segment.end)
        guard isEqual(parameter.prefix, path, from: segment.start, segment.isEscaped),
            isEqual(parameter.suffix, path, from: tail, segment.isEscaped)
        else { return false }
        let head = skip(path, parameter.prefix.count, from: segment.start)
        return !PathScan.isDotSegment(path, head..<tail)
    }

    /// Whether the path's bytes from `start` on, decoded, are this text; the caller knows that there are enough.
    private func isEqual(_ text: Range<Int>, _ path: Span<UInt8>, from start: Int, _ isEscaped: Bool) -> Bool {
        if !isEscaped {
            guard path.count - start >= text.count else { return false }
            let known = texts.span.extracting(text)
            for offset in known.indices where path[unchecked: start + offset] != known[unchecked: offset] {
                return false
            }
            return true
        }
        var index = start
        for place in text {
            let (byte, next) = PathScan.decoded(path, at: index)
            guard byte == texts[place] else { return false }
            index = next
        }
        return true
    }

    private func endOfSegment(_ path: Span<UInt8>, from start: Int) -> Int {
        var end = start
        while end < path.count, path[end] != PathScan.slash { end += 1 }
        return end
    }

    /// The place behind as many decoded bytes.
    private func skip(_ path: Span<UInt8>, _ count: Int, from start: Int) -> Int {
        var index = start
        for _ in 0..<count where index < path.count { index = PathScan.decoded(path, at: index).next }
        return index
    }

    /// The place before as many decoded bytes; in a proper path, a `%` three bytes back begins an escape.
    private func skip(_ path: Span<UInt8>, _ count: Int, back end: Int) -> Int {
        var index = end
        for _ in 0..<count where index > 0 {
            index -= index >= 3 && path[index - 3] == PathScan.percent ? 3 : 1
        }
        return index
    }
}

extension RouteIndex {
    /// What stands between two slashes of a path.
    struct Segment {
        let start: Int
        let end: Int
        /// Decoded bytes.
        let count: Int
        let isEscaped: Bool

        @inline(__always)
        init(_ path: Span<UInt8>, from start: Int, _ isEscaped: Bool) {
            var index = start
            var escapes = 0
            while index < path.count, path[unchecked: index] != PathScan.slash {
                if path[unchecked: index] == PathScan.percent { escapes += 1 }
                index += 1
            }
            self.start = start
            self.end = index
            self.count = index - start - 2 * escapes
            self.isEscaped = isEscaped
        }

        /// Length, first and last byte, decoded: differs for nearly all literals of one level, so that few need comparing.
        @inline(__always)
        func key(_ path: Span<UInt8>) -> UInt64 {
            guard count > 0 else { return 0 }
            guard isEscaped else { return Segment.key(count: count, first: path[start], last: path[end - 1]) }
            let last = end - start >= 3 && path[end - 3] == PathScan.percent ? end - 3 : end - 1
            return Segment.key(
                count: count, first: PathScan.decoded(path, at: start).byte, last: PathScan.decoded(path, at: last).byte
            )
        }

        static func key(_ text: [UInt8]) -> UInt64 {
            guard let first = text.first, let last = text.last else { return 0 }
            return key(count: text.count, first: first, last: last)
        }

        @inline(__always)
        private static func key(count: Int, first: UInt8, last: UInt8) -> UInt64 {
            UInt64(count) << 16 | UInt64(first) << 8 | UInt64(last)
        }
    }
}
