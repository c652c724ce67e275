import Access
import Store
import TestSupport
import Testing

@Suite("Console sign-in codes")
struct SignInCodesTests {
    private let clock = ManualClock()

    @Test("a code works once")
    func once() async {
        let codes = SignInCodes(clock: clock)
        let code = await codes.issue()
        #expect(code.text.utf8.count == 24 && code.expires == clock.now() + .seconds(600))
        #expect(await codes.redeem(code.text))
        #expect(await codes.redeem(code.text) == false)
    }

    @Test("a code ends after ten minutes")
    func expiry() async {
        let codes = SignInCodes(clock: clock)
        let (first, second) = (await codes.issue(), await codes.issue())
        clock.advance(by: .milliseconds(599_999))
        #expect(await codes.redeem(first.text))
        clock.advance(by: .milliseconds(1))
        #expect(await codes.redeem(second.text) == false)
    }

    @Test(
        "guesses are refused", arguments: ["", " ", "AAAAAAAAAAAAAAAAAAAAAAAA", String(repeating: "x", count: 99_999)])
    func guesses(_ text: String) async {
        let codes = SignInCodes(clock: clock)
        let code = await codes.issue()
        #expect(await codes.redeem(text) == false)
        #expect(await codes.redeem(code.text.uppercased() + "=") == false)
        #expect(await codes.redeem(code.text))
    }

    @Test("at most 32 are open; the oldest goes first")
    func bounded() async {
        let codes = SignInCodes(clock: clock)
        let first = await codes.issue()
        let second = await codes.issue()
        for _ in 1...31 { _ = await codes.issue() }
        #expect(await codes.redeem(first.text) == false)
        #expect(await codes.redeem(second.text))
    }
}
