package import Inventory

/// The project's files have errors: nothing was started.
package struct ProjectUnusable: Error, CustomStringConvertible {
    package let findings: [Finding]

    package var description: String {
        findings.map(\.description).joined(separator: "\n")
    }
}
