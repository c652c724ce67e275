extension UInt32 {
    /// The number of a code point that is written as a literal.
    init(ascii scalar: Unicode.Scalar) {
        self = scalar.value
    }
}
