/// Where random waits come from: passed in, so that tests know them beforehand.
package protocol Jitter: Sendable {
    /// Uniform in 0...1.
    func next() -> Double
}

/// The system's randomness.
package struct SystemJitter: Jitter {
    package init() {}

    package func next() -> Double {
        Double.random(in: 0...1)
    }
}
