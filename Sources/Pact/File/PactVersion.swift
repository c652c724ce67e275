/// The form of a Pact file. Files of version 1 are read as those of version 2, which only adds to it.
package enum PactVersion: Int, Sendable, Comparable {
    case v2 = 2
    case v3 = 3
    case v4 = 4

    package static func < (left: PactVersion, right: PactVersion) -> Bool {
        left.rawValue < right.rawValue
    }
}
