/// YAML that someone else wrote, read with the same care as a file of the inventory, but larger.
package enum ForeignDocument {
    /// The tree, or nil with findings that say where the text is broken or asks too much. `file` is the name in findings.
    package static func read(_ text: String, file: String) -> (root: DataNode?, findings: [Finding]) {
        let collector = FindingCollector()
        let limits = YAMLLimits.foreign(bytes: text.utf8.count)
        let root = YAMLDocument(file: file, collector: collector, limits: limits).read(text)
        return (collector.errorCount == 0 ? root : nil, collector.sorted())
    }
}
