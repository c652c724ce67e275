import Contracts
import Foundation

/// One tab.
struct Page: Sendable {
    let connection: DevToolsConnection
    let session: String

    func prepare(width: Int, height: Int, dark: Bool) async throws {
        for domain in ["Page", "Runtime", "Network", "Log"] { try await call("\(domain).enable") }
        try await call(
            "Emulation.setDeviceMetricsOverride",
            [
                "width": JSONValue(width), "height": JSONValue(height), "deviceScaleFactor": 1,
                "mobile": .bool(width < 600),
            ])
        try await call(
            "Emulation.setEmulatedMedia",
            ["features": [["name": "prefers-color-scheme", "value": .string(dark ? "dark" : "light")]]])
    }

    func go(to address: String) async throws {
        try await call("Page.navigate", ["url": .string(address)])
        try await eventually("\(address) has loaded") {
            try await evaluate("document.readyState") == "complete" ? true : nil
        }
    }

    func reload() async throws {
        try await call("Page.reload")
        try await eventually("the page has loaded again") {
            try? await evaluate("document.readyState") == "complete" ? true : nil
        }
    }

    /// The value of an expression; promises are awaited.
    @discardableResult
    func evaluate(_ expression: String) async throws -> JSONValue {
        let result = try await call(
            "Runtime.evaluate", ["expression": .string(expression), "awaitPromise": true, "returnByValue": true])
        if let failure = result["exceptionDetails"] { throw NeverHappened(what: "script runs: \(failure.text)") }
        return result["result"]?["value"] ?? .null
    }

    /// Waits until an expression is true.
    func until(_ expression: String, within limit: Duration = .seconds(60)) async throws {
        do {
            try await eventually(expression, within: limit) {
                try? await evaluate("!!(\(expression))") == true ? true : nil
            }
        } catch {
            let text = try? await evaluate("document.body.innerText.slice(0, 2000)")
            throw NeverHappened(what: "\(expression); the page reads: \(text?.stringValue ?? "")")
        }
    }

    /// Focuses a field, selects what is in it and types over it, as a person would.
    func type(_ text: String, into selector: String) async throws {
        try await evaluate("(() => { const f = document.querySelector('\(selector)'); f.focus(); f.select?.(); })()")
        try await call("Input.insertText", ["text": .string(text)])
    }

    func press(_ key: String, code: String, virtualKey: Int, text: String? = nil) async throws {
        var down: JSONObject = [
            "type": "keyDown", "key": .string(key), "code": .string(code),
            "windowsVirtualKeyCode": JSONValue(virtualKey),
        ]
        if let text { down["text"] = .string(text) }
        try await call("Input.dispatchKeyEvent", .object(down))
        down["type"] = "keyUp"
        try await call("Input.dispatchKeyEvent", .object(down))
    }

    /// Everything the page's document, scripts and styles hold, as the browser got it.
    func sources() async throws -> String {
        let script = """
            (async () => {
                const urls = [location.href, ...performance.getEntriesByType('resource').map(e => e.name)];
                const texts = await Promise.all([...new Set(urls)].filter(u => u.startsWith(location.origin) && !u.includes('/events')
                    && !u.includes('/live')).map(u => fetch(u).then(r => r.text()).catch(() => '')));
                return document.documentElement.outerHTML + document.cookie + JSON.stringify(localStorage) + texts.join('\\n');
            })()
            """
        return try await evaluate(script).stringValue ?? ""
    }

    func screenshot() async throws -> Data {
        let result = try await call("Page.captureScreenshot", ["format": "png"])
        return Data(base64Encoded: result["data"]?.stringValue ?? "") ?? Data()
    }

    @discardableResult
    func call(_ method: String, _ parameters: JSONValue = [:]) async throws -> JSONValue {
        try await connection.call(method, parameters, session: session)
    }
}
