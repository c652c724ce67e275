import Access
import Gateway
import Store

extension Failure {
    /// The failure that an error of a lower module comes to; nil for those of the argument parser.
    init?(any error: any Error) {
        switch error {
        case let failure as Failure:
            self = failure
        case let error as AccessError:
            self.init(.failed, error.reason.withoutFullStop, evidence: error.detail.isEmpty ? [] : [error.detail])
        case let error as StoreError:
            self.init(.failed, error.reason.withoutFullStop, evidence: error.detail.isEmpty ? [] : [error.detail])
        case let error as ClientError:
            self.init(.unreachable, "Footing does not answer", evidence: ["\(error)"], advice: "footing serve")
        default:
            return nil
        }
    }
}

extension String {
    fileprivate var withoutFullStop: String { hasSuffix(".") ? String(dropLast()) : self }
}
