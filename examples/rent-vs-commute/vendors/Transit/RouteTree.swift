/// The shortest ways from everywhere to one destination (Dijkstra, searched backwards).
struct RouteTree: Sendable {
    private let network: Network
    private let destination: Position
    /// Minutes from each node to the destination.
    private let minutes: [Double]
    /// The node that follows on the way, or nil where the last walk begins.
    private let next: [Int?]

    init(_ network: Network, to destination: Position) {
        var minutes = Array(repeating: Double.infinity, count: network.nodes.count)
        var next: [Int?] = Array(repeating: nil, count: network.nodes.count)
        var queue = MinuteQueue()
        for (station, walk) in network.stations(near: destination) {
            minutes[station] = walk
            queue.push(node: station, minutes: walk)
        }
        while let (node, reached) = queue.pop() {
            guard reached <= minutes[node] else { continue }
            for edge in network.arrivals[node] where reached + edge.minutes < minutes[edge.from] {
                minutes[edge.from] = reached + edge.minutes
                next[edge.from] = node
                queue.push(node: edge.from, minutes: reached + edge.minutes)
            }
        }
        self.network = network
        self.destination = destination
        self.minutes = minutes
        self.next = next
    }

    /// The quickest journey from a place: by train, or on foot when that is quicker.
    func journey(from origin: Position) -> Journey {
        let onFoot = origin.walk(to: destination)
        let starts = network.stations(near: origin).map { (station: $0.station, walk: $0.minutes) }
        let best = starts.min { $0.walk + minutes[$0.station] < $1.walk + minutes[$1.station] }
        guard let best, best.walk + minutes[best.station] < onFoot else {
            return Journey(minutes: onFoot, walk: onFoot, legs: [])
        }
        return journey(startingAt: best.station, walk: best.walk)
    }

    /// Minutes of riding, waiting and changing between two stations, without walks at the ends; for checking.
    func minutes(fromStation id: String) -> Double? {
        network.stations.firstIndex { $0.id == id }.map { minutes[$0] }
    }

    private func journey(startingAt station: Int, walk: Double) -> Journey {
        var legs: [Journey.Leg] = []
        var total = walk
        var node = station
        while let following = next[node] {
            let edge = minutes[node] - minutes[following]
            let here = network.nodes[node]
            let there = network.nodes[following]
            switch (here.line, there.line) {
            case (nil, nil):
                total += edge
            case (nil, .some(let line)):
                let name = network.stations[there.station].name
                legs.append(Journey.Leg(line: network.lines[line].id, from: name, to: name, minutes: 0, stops: 0))
            case (.some, nil):
                break
            case (.some, .some):
                legs[legs.count - 1].ride(to: network.stations[there.station].name, minutes: edge)
            }
            node = following
        }
        return Journey(minutes: walk + minutes[station], walk: total + minutes[node], legs: legs)
    }
}
