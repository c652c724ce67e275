import Foundation
import Testing

@testable import Inventory

@Suite("A good project loads into plain values")
struct LoadingTests {
    private let temporary: TemporaryProject
    private let project: Project

    init() throws {
        temporary = try TemporaryProject(Sample.files)
        let result = temporary.load()
        #expect(result.findings.map(\.description) == [])
        project = try #require(result.project)
    }

    @Test("footing.yaml gives name, address, app, session and secrets")
    func settings() throws {
        #expect(project.name == "rent-vs-commute")
        #expect(project.environment == .sandbox)
        #expect(project.listen == ListenAddress(host: "127.0.0.1", port: 8787))
        let tls = temporary.folder + "/tls/site"
        #expect(project.tls == ListenTLS(certificate: tls + ".crt", key: tls + ".key"))
        #expect(project.folder == temporary.folder + "/footing")
        #expect(project.app == AppFiles(folder: temporary.folder + "/app"))
        #expect(project.browser?.ttl == .seconds(28_800))
        #expect(project.secrets["geocoder-key"] == SecretDeclaration(about: "Geocoding key, sandbox account", line: 10))
        let secrets = project.secrets.keys.filter { !$0.rawValue.hasPrefix("archive-") }.sorted()
        #expect(secrets == ["bank-login", "geocoder-key", "rents-key", "transit-key"])
    }

    @Test("providers come sorted by name, with their environments")
    func providers() throws {
        #expect(project.providers.map(\.name) == ["archive", "bank", "geocoder", "rents", "transit"])
        let rents = try #require(project.provider(named: "rents"))
        #expect(rents.file == "footing/providers/rents.yaml")
        #expect(rents.line == 2)
        #expect(rents.sla == "99.9")
        #expect(rents.environments[.sandbox]?.url.description == "http://127.0.0.1:8793/base")
        #expect(rents.environments[.production]?.url == ServiceURL(scheme: .https, host: "api.example.com"))
        #expect(project.provider(named: "transit")?.environments[.sandbox]?.url.host == "::1")
    }

    @Test("pacing, times and repetition are read, and standard when absent")
    func rules() throws {
        let rents = try #require(project.provider(named: "rents"))
        let limits = Limits(
            rate: Rate(count: 10, per: .seconds(1)), burst: 20, concurrency: 4, queue: 50, daily: 5000,
            zone: ZoneOffset(minutes: -330), hold: .seconds(600))
        #expect(rents.limits == limits)
        #expect(rents.timeouts == Timeouts(connect: .seconds(2), firstByte: .seconds(4), total: .seconds(15)))
        let retries = RetryRules(
            attempts: 5, base: .milliseconds(200), max: .seconds(5), statuses: [429, 503],
            budget: RetryBudgetRules(share: 0.1, atLeast: Rate(count: 2, per: .seconds(1))),
            hedge: HedgeRules(after: .milliseconds(300), atMost: 0.02))
        #expect(rents.retries == retries)
        let breaker = BreakerRules(
            failures: 0.25, minimum: 4, window: .seconds(60), open: .seconds(10), slow: .seconds(5), probes: 3,
            ramp: .seconds(20))
        #expect(rents.breaker == breaker)
        let search = Limits(rate: Rate(count: 2, per: .seconds(1)), burst: 4, concurrency: 2, daily: 100)
        #expect(rents.operation(named: "search")?.limits == search)
        #expect(rents.operation(named: "create-watch")?.limits == nil)
        let bank = try #require(project.provider(named: "bank"))
        #expect(bank.timeouts == Timeouts())
        #expect(bank.retries.statuses == [429, 502, 503, 504])
        #expect(bank.breaker == BreakerRules())
        #expect(bank.title == "bank")
    }

    @Test("what callers may ask and spend is read, and standard when absent")
    func callers() throws {
        #expect(
            project.callers
                == CallerRules(
                    token: CallerBounds(rate: Rate(count: 50, per: .seconds(1)), burst: 80, concurrency: 16),
                    tenant: CallerBounds(rate: Rate(count: 300, per: .seconds(60)), burst: 600, concurrency: 1024),
                    address: CallerBounds(rate: Rate(count: 500, per: .seconds(1)), burst: 1000, concurrency: 64)))
        let usd = { (nanos: Int64) in Money(nanos: nanos, currency: "USD") }
        #expect(project.budgets == Budgets(tenant: usd(20_000_000_000), project: usd(150_500_000_000)))
        let days = { (number: Int) in Duration.seconds(number * 86_400) }
        #expect(
            project.keep == Retention(calls: days(90), counts: days(800), tasks: days(90), artifacts: days(30)))
        #expect(project.workspace == WorkspaceRules(task: 100_000_000, tenant: 10_000_000_000))
        #expect(project.drain == DrainTimes(announce: .zero, deadline: .seconds(45)))
        #expect(project.language == "de")
        let plain = try #require(TemporaryProject(["footing.yaml": "project: a\n"]).load().project)
        #expect(plain.callers == CallerRules())
        #expect(plain.budgets == Budgets())
        #expect(plain.keep == Retention() && plain.workspace == WorkspaceRules() && plain.drain == DrainTimes())
        #expect(plain.language == "en")
        let open = try TemporaryProject(["footing.yaml": "project: a\ncallers: { token: none, address: none }\n"])
        #expect(open.load().project?.callers == CallerRules(token: nil, address: nil))
    }

    @Test("each way of showing a secret is told apart")
    func auth() {
        #expect(project.provider(named: "rents")?.auth == .bearer("rents-key"))
        #expect(project.provider(named: "geocoder")?.auth == .query(name: "api_key", secret: "geocoder-key"))
        #expect(project.provider(named: "transit")?.auth == .header(name: "X-Api-Key", secret: "transit-key"))
        #expect(project.provider(named: "bank")?.auth == .basic("bank-login"))
    }

    @Test("a signing provider names its service, its region and all of its secrets")
    func signing() throws {
        let archive = try #require(project.provider(named: "archive"))
        let aws = AWSAuth(
            service: "s3", region: "eu-central-1", accessKey: "archive-id", secretKey: "archive-key",
            sessionToken: "archive-session")
        #expect(archive.auth == .aws(aws))
        #expect(archive.auth.secret == "archive-key")
        #expect(archive.secrets(in: .sandbox) == ["archive-id", "archive-key", "archive-session"])
        #expect(
            archive.secrets(in: .production).suffix(2) == ["archive-certificate", "archive-certificate-key"])
        #expect(project.provider(named: "bank")?.secrets(in: .sandbox) == ["bank-login"])
    }

    @Test("each environment says how its connections are secured")
    func tls() throws {
        let archive = try #require(project.provider(named: "archive"))
        #expect(archive.environments[.sandbox]?.tls == ProviderTLS())
        #expect(archive.environments[.sandbox]?.http2 == .never)
        #expect(archive.environments[.production]?.http2 == .always)
        let client = ProviderTLS.ClientCertificate(certificate: "archive-certificate", key: "archive-certificate-key")
        #expect(
            archive.environments[.production]?.tls
                == ProviderTLS(authorities: Sample.authority, client: client, serverName: "objects.example.com"))
        #expect(project.provider(named: "bank")?.environments[.sandbox]?.http2 == .auto)
    }

    @Test("the error map keeps its order and both kinds of rule")
    func errors() {
        let rules = project.provider(named: "rents")?.errors ?? []
        #expect(rules.map(\.problemCode) == ["place_not_found", "vendor_busy"])
        #expect(rules.first?.texts == ["de": "Diesen Ort kennen wir nicht."])
        #expect(rules.first?.isCaller == true)
        #expect(rules.last?.code == "E17")
        #expect(rules.last?.field == "$.fault.number")
    }

    @Test("an operation carries its contracts as JSON, written in place or read from a file")
    func operation() throws {
        let search = try #require(project.operation(provider: "rents", named: "search"))
        #expect(search.method == "GET")
        #expect(search.retryStatuses == [503])
        #expect(search.idempotencyHeader == nil)
        #expect(search.cost == Money(nanos: 2_000_000, currency: "USD"))
        #expect(
            search.request.query?.text
                == #"{"type":"object","properties":{"q":{"type":"string","default":"1"},"deep":{"const":"no"}}}"#)
        #expect(search.request.query?.file == "footing/providers/rents.yaml")
        #expect(search.request.body?.text == "true")
        #expect(search.response == JSONSource(text: Sample.contract, file: "footing/contracts/rent.json", line: 1))
        #expect(search.model?.text == #"{"rent":"$.median_rent","name":"$.area.name"}"#)
        #expect(search.errors.map(\.status) == [410])
        let watch = try #require(project.operation(provider: "rents", named: "create-watch"))
        #expect(watch.request.body?.text == #"{"type":"object"}"#)
        #expect(watch.idempotencyHeader == "Idempotency-Key")
    }

    @Test("a recipe has its steps in order with their kinds")
    func recipe() throws {
        let recipe = try #require(project.recipe(named: "commute-report"))
        let kinds = recipe.steps.map(\.kind.word)
        #expect(kinds == ["call", "call", "transform", "table", "render", "wait", "call"])
        #expect(recipe.steps[1].forEach == "${ .steps.geocode.areas }")
        #expect(recipe.steps[1].concurrency == 4)
        let columns = [TableColumn(field: "name", title: "Name"), TableColumn(field: "rent", title: "Rent, EUR")]
        #expect(
            recipe.steps[3].kind
                == .table(file: "areas.csv", rows: "${ .steps.ranking.areas }", columns: columns))
        #expect(recipe.steps[5].kind == .wait(.seconds(5)))
        #expect(recipe.steps[6].when == "${ .input.watch }")
        #expect(recipe.fingerprint.count == 16)
    }

    @Test("the fingerprint follows the content, not comments and layout")
    func fingerprint() throws {
        func fingerprint(_ text: String) throws -> String? {
            let other = try TemporaryProject(["recipes/a.yaml": text])
            return other.load().project?.recipes.first?.fingerprint
        }
        let first = try fingerprint("recipe: a\nsteps:\n  - { name: x, wait: 5s }\n")
        #expect(first != nil)
        #expect(try fingerprint("# said\nrecipe: \"a\"\nsteps: [ { name: x, wait: 5s } ]\n") == first)
        #expect(try fingerprint("recipe: a\nsteps:\n  - { name: x, wait: 6s }\n") != first)
    }

    @Test("the footing folder itself, or a path with dots, loads the same project")
    func folders() {
        for folder in ["/footing", "/app/../footing", "/."] {
            #expect(Project.load(folder: temporary.folder + folder, environment: [:]).project?.name == project.name)
        }
    }

    @Test("FOOTING_ENV goes before the file, and must be known to every provider")
    func environmentVariable() throws {
        let result = temporary.load(["FOOTING_ENV": "production"])
        let files = result.errors.map(\.file)
        #expect(files == ["bank", "geocoder", "transit"].map { "footing/providers/\($0).yaml" })
        #expect(result.errors.allSatisfy { $0.message.contains("has no environment \"production\"") })
        let wrong = temporary.load(["FOOTING_ENV": "prodution"])
        #expect(wrong.errors.map(\.suggestion) == ["production"])
        #expect(temporary.load(["FOOTING_ENV": ""]).project?.environment == .sandbox)
    }
}
