/// The calls of one kind that ended within one minute or one hour.
package struct Tally: Sendable, Equatable {
    package enum Period: Int, Sendable, CaseIterable {
        case minute = 60
        case hour = 3600

        /// The start of the period the moment lies in.
        package func start(of moment: Timestamp) -> Timestamp {
            let length = Int64(rawValue) * 1000
            let rest = moment.milliseconds % length
            return Timestamp(milliseconds: moment.milliseconds - (rest < 0 ? rest + length : rest))
        }
    }

    package var start: Timestamp
    package var key: TallyKey
    package var figures: CallFigures

    package init(start: Timestamp, key: TallyKey, figures: CallFigures) {
        self.start = start
        self.key = key
        self.figures = figures
    }
}
