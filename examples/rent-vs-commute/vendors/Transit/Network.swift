/// The rail network as a graph: a node for each station, and one for each line at each of its stations.
///
/// Half of the change time is spent getting on, half getting off; boarding adds half a headway of waiting.
struct Network: Sendable {
    /// Where one may be: on foot at a station, or in a train of a line there.
    struct Node: Sendable {
        let station: Int
        let line: Int?
    }

    struct Edge: Sendable {
        /// The node one comes from; edges are kept at their end, as routes are searched backwards.
        let from: Int
        let minutes: Double
    }

    let stations: [Station]
    let lines: [Line]
    let nodes: [Node]
    /// For each node the edges that lead to it.
    let arrivals: [[Edge]]

    /// Lines with unknown stations or a wrong number of running times are left out.
    init(_ file: NetworkFile) {
        stations = file.stations
        let index = Dictionary(file.stations.enumerated().map { ($1.id, $0) }) { first, _ in first }
        lines = file.lines.filter { line in
            line.minutes.count == line.stations.count - 1 && line.stations.allSatisfy { index[$0] != nil }
        }
        var nodes = file.stations.indices.map { Node(station: $0, line: nil) }
        var arrivals: [[Edge]] = Array(repeating: [], count: nodes.count)
        let half = file.transferMinutes / 2
        for (number, line) in lines.enumerated() {
            var known: [Int: Int] = [:]
            let stops = line.stations.compactMap { index[$0] }
            for stop in stops where known[stop] == nil {
                let node = nodes.count
                known[stop] = node
                nodes.append(Node(station: stop, line: number))
                arrivals.append([Edge(from: stop, minutes: half + line.headway / 2)])
                arrivals[stop].append(Edge(from: node, minutes: half))
            }
            for (hop, minutes) in line.minutes.enumerated() {
                guard let left = known[stops[hop]], let right = known[stops[hop + 1]] else { continue }
                arrivals[right].append(Edge(from: left, minutes: minutes))
                arrivals[left].append(Edge(from: right, minutes: minutes))
            }
        }
        for path in file.footpaths {
            guard let left = index[path.from], let right = index[path.to] else { continue }
            arrivals[right].append(Edge(from: left, minutes: path.minutes))
            arrivals[left].append(Edge(from: right, minutes: path.minutes))
        }
        self.nodes = nodes
        self.arrivals = arrivals
    }

    /// Stations within `kilometres`, or the nearest one when there is none, with the minutes on foot.
    func stations(near position: Position, within kilometres: Double = 1.6) -> [(station: Int, minutes: Double)] {
        let all = stations.indices.map { ($0, stations[$0].position.distance(to: position)) }
        var near = all.filter { $0.1 <= kilometres }
        if near.isEmpty, let nearest = all.min(by: { $0.1 < $1.1 }) { near = [nearest] }
        return near.map { (station: $0.0, minutes: stations[$0.0].position.walk(to: position)) }
    }
}
