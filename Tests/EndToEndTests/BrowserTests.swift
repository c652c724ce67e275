import Contracts
import Foundation
import Testing

/// The example's front end and the console in a real headless Chromium.
@Suite("In a real browser", .serialized, .enabled(if: Browser.executable != nil, "chromium is not installed"))
struct BrowserTests {
    @Test(
        "fill the form, see progress move, reload in the middle, survive a kill -9, get the PDF; no secret reaches the browser"
    )
    func journey() async throws {
        let playground = try Playground()
        try await playground.setSecrets()
        let vendors = try await playground.startVendors(speed: 2)
        var server = try await playground.startServer()
        let browser = try await Browser()
        let page = try await browser.open(playground.address.absoluteString + "/")
        try await page.type("Alexanderplatz", into: "#office")
        try await page.type("1200", into: "#budget")
        try await page.type("35", into: "#max-commute")
        try await page.evaluate("document.querySelector('#go').click()")
        try await page.until("new URL(location.href).searchParams.get('task')")
        try await page.until("Number(document.querySelector('#progress')?.getAttribute('aria-valuenow')) > 0")
        let before = try await page.evaluate(
            "Number(document.querySelector('#progress').getAttribute('aria-valuenow'))")
        try await page.reload()
        try await page.until(
            "Number(document.querySelector('#progress')?.getAttribute('aria-valuenow')) >= \(before.intValue ?? 0)")
        server.kill(SIGKILL)
        try await server.ended()
        server = try await playground.startServer()
        try await page.until("document.querySelector('a#pdf')?.href.includes('report.pdf')", within: .seconds(90))
        try await page.until("document.querySelectorAll('#results li[data-area]').length >= 5")
        let pdf = try await page.evaluate(
            "fetch(document.querySelector('a#pdf').href).then(r => r.text()).then(t => t.slice(0, 5))")
        #expect(pdf == "%PDF-")
        let sources = try await page.sources()
        #expect(sources.count > 10_000)
        for (name, value) in playground.secrets { #expect(!sources.contains(value), "\(name) is in the browser") }
        #expect(!sources.contains("footing_session"), "the session's cookie is not readable by scripts")
        vendors.kill(SIGKILL)
    }

    @Test("an unknown address is said kindly at its field")
    func unknownAddress() async throws {
        let playground = try Playground()
        try await playground.setSecrets()
        let vendors = try await playground.startVendors()
        let server = try await playground.startServer()
        let browser = try await Browser()
        let page = try await browser.open(playground.address.absoluteString + "/", width: 390, height: 844)
        try await page.type("Qwxyzstraße 999", into: "#office")
        try await page.evaluate("document.querySelector('#go').click()")
        try await page.until("document.body.innerText.includes('could not find that address')")
        #expect(server.isRunning)
        vendors.kill(SIGKILL)
    }

    @Test(
        "the console opens by a sign-in link, shows calls and the task as they happen, works by keyboard and on a phone"
    )
    func console() async throws {
        let playground = try Playground()
        try await playground.setSecrets()
        let vendors = try await playground.startVendors(speed: 4)
        let server = try await playground.startServer()
        let link = try await playground.footing(["token", "console"])
        let address = try #require(link.output.firstMatch(of: /http:\/\/\S+code=\S+/)?.output, "\(link.output)")
        let browser = try await Browser()
        let page = try await browser.open(String(address), dark: true)
        try await page.until("location.pathname.startsWith('/console') && document.querySelector('h1')")
        try await page.until("document.body.innerText.includes('Nothing goes through it yet')")
        let web = Web(port: playground.port, token: try await playground.token(["admin"]))
        let accepted = try await web.post("/v1/tasks", ["recipe": "commute-report", "input": MainJobTests.input])
        let id = try #require(accepted.json["id"]?.stringValue)
        try await page.go(to: playground.address.absoluteString + "/console/tasks/\(id)")
        try await page.until("document.body.innerText.includes('Alexanderplatz')")
        _ = try await web.endedTask(id)
        try await page.until("document.body.innerText.includes('Done')")
        try await page.press("g", code: "KeyG", virtualKey: 71, text: "g")
        try await page.press("c", code: "KeyC", virtualKey: 67, text: "c")
        try await page.until("location.pathname === '/console/calls'")
        try await page.until("document.body.innerText.includes('rents')")
        for (width, height) in [(390, 844), (320, 640), (820, 1180)] {
            let phone = try await browser.open(
                playground.address.absoluteString + "/console/", width: width, height: height)
            try await phone.until("document.querySelector('h1')")
            let overflow = try await phone.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth")
            #expect(overflow == 0, "no sideways scroll at \(width)")
        }
        let sources = try await page.sources()
        for (name, value) in playground.secrets { #expect(!sources.contains(value), "\(name) is in the console") }
        #expect(server.isRunning)
        vendors.kill(SIGKILL)
    }
}
