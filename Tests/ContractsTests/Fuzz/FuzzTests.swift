import Contracts
import TestSupport
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Feeds parser, compiler, validator and patterns with made input for a bounded time.
///
/// `FOOTING_FUZZ_SECONDS` says for how long (two seconds otherwise), `FOOTING_FUZZ_SEED` where to begin. Every round has a
/// seed of its own, which stands in the file that `FOOTING_FUZZ_LOG` names before the round begins: after a crash it is the
/// last line. `bin/fuzz` does all of this.
@Suite("Fuzzing", .serialized)
struct FuzzTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let seconds = environment["FOOTING_FUZZ_SECONDS"].flatMap { Double($0) } ?? 2
    private static let firstSeed = environment["FOOTING_FUZZ_SEED"].flatMap { UInt64($0) } ?? 1
    /// Rounds from one seed: one when it was named, to see that round alone.
    private static let isOne = environment["FOOTING_FUZZ_SEED"] != nil && environment["FOOTING_FUZZ_SECONDS"] == nil
    /// No round may take longer, also on a busy machine and in a build without optimisation.
    private static let patience = Duration.seconds(30)

    private static let corpusFolder: String = {
        let parts = #filePath.split(separator: "/").dropLast(3)
        return "/" + parts.joined(separator: "/") + "/Corpus"
    }()

    private static func corpus(_ kind: String) throws -> [[UInt8]] {
        let folder = corpusFolder + "/" + kind
        return try FileManager.default.contentsOfDirectory(atPath: folder).sorted().map {
            [UInt8](try Data(contentsOf: URL(filePath: folder + "/" + $0)))
        }
    }

    /// Runs rounds with growing seeds until a third of the time is over.
    private static func rounds(_ name: String, _ body: (UInt64) throws -> Void) rethrows {
        let clock = ContinuousClock()
        let end = clock.now + .seconds(seconds / 3)
        var seed = firstSeed
        var slowest = Duration.zero
        repeat {
            note("\(name) seed \(seed)")
            let took = try clock.measure { try body(seed) }
            slowest = max(slowest, took)
            if took > patience { Issue.record("\(name), seed \(seed): one round took \(took)") }
            seed += 1
        } while clock.now < end && !isOne
        print("fuzz \(name): \(seed - firstSeed) rounds from seed \(firstSeed), the slowest \(slowest)")
    }

    private static func note(_ line: String) {
        guard let path = environment["FOOTING_FUZZ_LOG"] else { return }
        try? Data((line + "\n").utf8).write(to: URL(filePath: path))
    }

    @Test("the parser: no crash, the same verdict both ways, and what is read is written and read again")
    func parser() throws {
        let corpus = try Self.corpus("json")
        let scratch = JSONScratch()
        let anything = try Schema.compile(true)
        Self.rounds("parser") { seed in
            var maker = JSONTextMaker(generator: SeededRandom(seed: seed))
            for _ in 0..<20 {
                let bytes = maker.bytes(corpus)
                let tree = try? JSONValue.parse(bytes)
                let verdict = bytes.withUnsafeBytes { anything.check($0, with: scratch) }
                #expect((tree != nil) == verdict.isValid, "seed \(seed): two ways, two verdicts")
                guard let tree else { continue }
                #expect(scratch.value == tree, "seed \(seed): two ways, two values")
                let again = try? JSONValue.parse(tree.encoded())
                #expect(again == tree, "seed \(seed): written and read again it is another value")
                #expect(again?.encoded() == tree.encoded(), "seed \(seed): written again it is another text")
                #expect((try? JSONValue.parse(tree.pretty())) == tree, "seed \(seed): indented it is another value")
            }
        }
    }

    @Test("schemas: no crash, and every way of validating comes to the same verdict")
    func schemas() throws {
        let corpus = try Self.corpus("schema").compactMap { try? JSONValue.parse($0) }
        let scratch = JSONScratch()
        Self.rounds("schemas") { seed in
            var generator = SeededRandom(seed: seed)
            var schemas = SchemaMaker(generator: generator)
            var json = corpus.isEmpty || generator.once(in: 2) ? schemas.schema() : generator.pick(corpus)
            if generator.once(in: 2) { json = schemas.changed(json) }
            let draft = generator.pick(SchemaDraft.allCases)
            guard let schema = try? Schema.compile(json, options: SchemaOptions(draft: draft)) else { return }
            var values = ValueMaker(generator: generator, literals: ValueMaker.literals(of: json))
            for _ in 0..<12 {
                let value = values.value()
                let document = JSONDocument(value)
                let quick = schema.accepts(document, with: scratch)
                let shown = "seed \(seed), \(draft): \(json) on \(value)"
                let checked = value.encoded().withUnsafeBytes { schema.check($0, with: scratch) }
                #expect(checked.isValid == quick, "from bytes: \(shown)")
                #expect(schema.validate(document).isEmpty == quick, "exhaustive: \(shown)")
                #expect(schema.output(document, format: .basic)["valid"] == .bool(quick), "output: \(shown)")
                let drift = Drift.findings(schema: schema, document: document)
                #expect(drift.contains(where: \.breaksContract) == !quick, "drift: \(shown)")
                if checked == .valid { #expect(drift.isEmpty, "drift without a cause: \(shown)") }
            }
        }
    }

    @Test("patterns: no crash, and the time grows with the text alone")
    func patterns() throws {
        let corpus = try Self.corpus("pattern").map { String(decoding: $0, as: UTF8.self).filter { $0 != "\n" } }
        Self.rounds("patterns") { seed in
            var generator = SeededRandom(seed: seed)
            var maker = PatternMaker(generator: generator)
            for _ in 0..<4 {
                let text = generator.once(in: 3) && !corpus.isEmpty ? generator.pick(corpus) : maker.pattern()
                guard let expression = try? RegularExpression(text) else { continue }
                for _ in 0..<4 {
                    let value = maker.text()
                    let found = expression.isFound(in: value)
                    // The table for plain text and the machine for all others must agree.
                    let schema = try? Schema.compile(["pattern": .string(text)])
                    #expect(schema?.accepts(.string(value)) == found, "seed \(seed): \(text) in \(value.prefix(40))")
                }
            }
        }
    }
}
