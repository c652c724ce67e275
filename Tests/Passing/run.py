"""What passes through the real program, byte by byte and event by event, and how it starts anew and ends meanwhile.

    python3 Tests/Passing/run.py --footing .build/debug/footing [--only NAME]
"""

import contextlib
import json
import os
import pathlib
import signal
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Hostile"))
import harness  # noqa: E402
from caller import Caller  # noqa: E402
from counterpart import Vendor  # noqa: E402
from harness import project  # noqa: E402

SECRET = "echo-" + os.urandom(12).hex()
#: How long the server of the tests takes to end: requests are taken for so long, and calls may end until then.
ANNOUNCE, DEADLINE = 3.0, 8.0

PROVIDER = """provider: echo
title: TITLE
environments:
  sandbox: { url: "http://127.0.0.1:PORT" }
auth: { bearer: echo-key }
timeouts: { connect: 2s, total: 30s }
retries: { attempts: 1 }
operations:
  get: { method: GET, path: "/v1/{name}", risk: read }
  put: { method: POST, path: "/v1/{name}", risk: read }
"""


def provider(vendor, title="Echo"):
    return PROVIDER.replace("PORT", str(vendor.port)).replace("TITLE", title)


class World:
    """A server, the vendor behind it, and tokens."""

    def __init__(self, folder, binary):
        self.made = project.Project(folder, binary)
        self.vendor = Vendor()
        self.made.settings["drain"] = f"{{ announce: {ANNOUNCE:.0f}s, deadline: {DEADLINE:.0f}s }}"
        self.made.secret("echo-key", SECRET)
        self.made.provider("echo", provider(self.vendor))
        self.made.save()
        self.token = self.made.token("call:echo.*")
        self.admin = self.made.token("admin")
        self.server = self.port = None

    @contextlib.contextmanager
    def serving(self):
        with harness.serving(self.made) as (self.server, self.port):
            yield
        self.vendor.close()

    def caller(self, token=None):
        return Caller(self.port, token or self.token)

    def signal(self, number):
        os.kill(self.server.process.pid, number)

    def title(self):
        """What the server calls the provider: it changes with a reload."""
        listed = json.loads(project.ask(self.port, "GET", "/v1/providers", self.admin)[2])
        return listed["providers"][0]["title"]


def websocket(report, world):
    caller = world.caller()
    fields = ("Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
              "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")
    caller.ask("GET", "/p/echo/v1/socket", *fields)
    status, answered = caller.head()
    report.check(status == 101, f"a WebSocket is agreed on: {status}")
    report.check(answered.get("sec-websocket-accept") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", "with the vendor's proof")
    report.check(answered.get("upgrade") == "websocket", f"and its name: {answered}")
    for piece in (b"\x81\x02hi", os.urandom(300_000)):
        caller.send(piece)
        came = caller.exactly(2 * len(piece))
        report.check(sorted(came) == sorted(piece * 2), f"{len(piece)} bytes go out and twice as many come back")
    seen = world.vendor.asked[-1][2]
    report.check(seen.get("authorization") == f"Bearer {SECRET}", "the vendor sees the secret, never the token")
    caller.close()
    report.check(world.vendor.left.acquire(timeout=10), "the caller closes: the vendor's connection ends")

    caller = world.caller()
    caller.ask("GET", "/p/echo/v1/socket", *fields)
    caller.head()
    caller.send(b"bye")
    report.check(caller.is_closed(), "the vendor closes: the caller's connection ends")
    caller.close()

    caller = world.caller()
    caller.ask("GET", "/p/echo/v1/plain", *fields)
    status, _, content = caller.answer()
    report.check((status, content) == (200, b"one GET 0"), f"a vendor that does not want to is heard: {status}")
    caller.close()


def trailers(report, world):
    caller = world.caller()
    caller.ask("POST", "/p/echo/v1/trailers", "Transfer-Encoding: chunked", "TE: trailers", "Trailer: X-Digest")
    caller.send(b"5\r\nhello\r\n0\r\nX-Digest: abc\r\nAuthorization: Bearer forged\r\n\r\n")
    status, fields = caller.head()
    report.check(status == 200, f"a request with trailers is answered: {status}")
    arrived = world.vendor.asked[-1][4]
    report.check(arrived.get("x-digest") == "abc", f"its trailers reach the vendor: {arrived}")
    report.check("authorization" not in arrived, "but none that a head alone may have")
    report.check(fields.get("transfer-encoding") == "chunked", f"the answer comes in pieces: {fields}")
    content = caller.until(b"\r\n\r\n")
    report.check(b"hello" in content, "with its content")
    report.check(b"X-Digest: answer to abc\r\n" in content, f"and its trailers: {content!r}")
    caller.ask("GET", "/p/echo/v1/plain")
    report.check(caller.answer()[2] == b"one GET 0", "the connection is clean afterwards")
    caller.close()


def head(report, world):
    caller = world.caller()
    caller.ask("HEAD", "/p/echo/v1/head")
    status, fields = caller.head()
    report.check((status, fields.get("content-length"), fields.get("etag")) == (200, "12345", '"a"'),
                 f"HEAD has the length and the fields of the whole: {status} {fields}")
    caller.ask("GET", "/p/echo/v1/plain")
    report.check(caller.answer()[2] == b"one GET 0", "and no content: the next answer is the next answer")
    caller.ask("HEAD", "/p/nobody/v1/x")
    status, fields = caller.head()
    report.check(status == 404 and int(fields.get("content-length", 0)) > 0, f"a refused HEAD too: {status} {fields}")
    caller.ask("GET", "/p/echo/v1/plain")
    report.check(caller.answer()[2] == b"one GET 0", "has no content")
    caller.close()


def expect_continue(report, world):
    content = b"x" * 100_000
    caller = world.caller()
    caller.ask("POST", "/p/echo/v1/plain", "Expect: 100-continue", f"Content-Length: {len(content)}")
    status, _ = caller.head()
    report.check(status == 100, f"a caller that asks first is told to go on: {status}")
    caller.send(content)
    status, _, said = caller.answer()
    report.check((status, said) == (200, b"one POST 100000"), f"and is answered: {status} {said!r}")
    before = len(world.vendor.asked)
    caller.close()

    caller = world.caller(token="ft_" + "x" * 43)
    caller.ask("POST", "/p/echo/v1/plain", "Expect: 100-continue", f"Content-Length: {len(content)}")
    status, _, _ = caller.answer()
    report.check(status == 401, f"one that is refused hears that instead: {status}")
    report.check(len(world.vendor.asked) == before, "and the vendor hears nothing")
    caller.close()


def events(report, world):
    caller = world.caller()
    caller.ask("GET", "/p/echo/v1/events", "Accept: text/event-stream")
    status, fields = caller.head()
    report.check((status, fields.get("content-type")) == (200, "text/event-stream"), f"events begin: {status}")
    for number in range(3):
        # The vendor sends the next event only after this one has come: whoever held it back would wait for ever.
        came = caller.until(b"\n\n")
        report.check(f"data: {number}\n\n".encode() in came, f"event {number} comes before the next is sent")
        world.vendor.go_on.release()
    caller.until(b"0\r\n\r\n")
    world.vendor.go_on.acquire(timeout=1)
    caller.close()

    caller = world.caller()
    caller.ask("GET", "/p/echo/v1/events", "Accept: text/event-stream")
    caller.until(b"data: 0\n\n")
    caller.close()
    report.check(world.vendor.left.acquire(timeout=10), "a caller that stops listening ends the vendor's stream")


def leaving(report, world):
    caller = world.caller()
    arrive(world)
    caller.ask("GET", "/p/echo/v1/slow")
    report.check(world.vendor.arrived.acquire(timeout=10), "the vendor was asked")
    caller.close()
    report.check(world.vendor.left.acquire(timeout=10), "a caller that leaves cancels the vendor's call")
    rows = project.wait_until("the ledger has it", lambda: [
        row for row in json.loads(project.ask(world.port, "GET", "/v1/calls?q=caller_left", world.admin)[2])["calls"]
        if row["path"] == "/v1/slow"])
    report.check(rows[0]["who"] == "caller", f"and the ledger says who left: {rows[0]['who']}")


def reload(report, world):
    """A changed inventory is taken up while a call is under way; a broken one is refused."""
    for way in ("file", "SIGHUP"):
        arrive(world)
        caller = world.caller()
        caller.ask("GET", "/p/echo/v1/slow")
        report.check(world.vendor.arrived.acquire(timeout=10), f"{way}: a call is under way")
        other = Vendor(f"after {way}")
        path = world.made.folder / "footing" / "providers" / "echo.yaml"
        # Written beside it and moved, as editors do.
        path.with_suffix(".new").write_text(provider(other, title=way))
        path.with_suffix(".new").rename(path)
        if way == "SIGHUP":
            world.signal(signal.SIGHUP)
        project.wait_until(f"the change is in force ({way})", lambda: world.title() == way)
        second = world.caller()
        second.ask("GET", "/p/echo/v1/plain")
        said = second.answer()[2]
        report.check(said == f"after {way} GET 0".encode(), f"{way}: new calls go to the new address: {said!r}")
        world.vendor.go_on.release()
        status, _, said = caller.answer()
        report.check((status, said) == (200, f"{world.vendor.name} late".encode()),
                     f"{way}: the call under way ends where it began: {status} {said!r}")
        second.close()
        caller.close()
        world.vendor.close()
        world.vendor = other

    good = path.read_text()
    path.write_text(good.replace("method: GET", "method: GETTT GET"))
    status = project.wait_until("the change is refused", lambda: json.loads(
        project.ask(world.port, "GET", "/v1/inventory", world.admin)[2])["refused"])
    report.check(any("echo.yaml" in finding for finding in status["findings"]), f"it says why: {status['findings']}")
    caller = world.caller()
    caller.ask("GET", "/p/echo/v1/plain")
    report.check(caller.answer()[0] == 200, "the last good one goes on serving")
    caller.close()
    path.write_text(good)
    project.wait_until("it is taken back", lambda: json.loads(
        project.ask(world.port, "GET", "/v1/inventory", world.admin)[2])["refused"] is None)


def end_beside_a_call(report, world):
    """SIGTERM while a call is under way: its caller, and when that was."""
    arrive(world)
    caller = world.caller()
    caller.ask("GET", "/p/echo/v1/slow")
    report.check(world.vendor.arrived.acquire(timeout=10), "a call is under way")
    began = time.monotonic()
    world.signal(signal.SIGTERM)
    return caller, began


def drain(report, world):
    """SIGTERM: not ready any more, still serving, what is under way ends, over."""
    caller, began = end_beside_a_call(report, world)
    status, fields, content = project.wait_until("readiness goes red", lambda: red(world))
    report.check(json.loads(content)["code"] == "draining", f"not ready, and why: {status} {content!r}")
    second = world.caller()
    second.ask("GET", "/p/echo/v1/plain")
    status, _, _ = second.answer()
    report.check(status == 200, f"requests are still answered for a moment: {status}")
    second.close()
    project.wait_until("no new connections are taken", lambda: not listens(world.port))
    report.check(world.server.process.poll() is None, "the call under way keeps the server alive")
    world.vendor.go_on.release()
    status, _, said = caller.answer()
    report.check((status, said) == (200, b"one late"), f"it ends as if nothing was: {status} {said!r}")
    code = world.server.process.wait(timeout=30)
    report.check(code == 0, f"then the server is over, with 0: {code}")
    report.check(time.monotonic() - began < DEADLINE + 5, "long before anybody would lose patience")
    caller.close()


def deadline(report, world):
    """SIGTERM while a vendor never answers: bounded."""
    caller, began = end_beside_a_call(report, world)
    code = world.server.process.wait(timeout=60)
    took = time.monotonic() - began
    report.check(ANNOUNCE <= took < DEADLINE + 5, f"a vendor that never answers holds nothing up: {took:.1f} s")
    report.check(code == 0, f"and the server ends as it should, with 0: {code}")
    report.check(world.vendor.left.acquire(timeout=10), "the vendor's connection ended")
    caller.close()


def arrive(world):
    """Forgets earlier arrivals, so that the next is the one that is waited for."""
    while world.vendor.arrived.acquire(blocking=False):
        pass


def red(world):
    status, fields, content = project.ask(world.port, "GET", "/readyz")
    return (status, fields, content) if status == 503 else None


def listens(port):
    try:
        Caller(port).close()
        return True
    except OSError:
        return False


CHECKS = {
    "websocket": websocket, "trailers": trailers, "head": head, "continue": expect_continue, "events": events,
    "leaving": leaving, "reload": reload, "drain": drain, "deadline": deadline,
}
#: Those that end the server have one of their own.
ALONE = {"drain", "deadline"}


def main():
    options = harness.arguments(__doc__, only=dict(choices=list(CHECKS), help="one of them alone"))
    report = harness.Report("passing")
    names = [options.only] if options.only else list(CHECKS)
    groups = [[name for name in names if name not in ALONE]] + [[name] for name in names if name in ALONE]
    for group in filter(None, groups):
        with harness.scratch() as folder:
            world = World(folder / "project", options.footing.resolve())
            with world.serving():
                for name in group:
                    try:
                        CHECKS[name](report, world)
                    except Exception as error:  # noqa: BLE001 (one must not keep the others from being tried)
                        report.check(False, f"{name}: {type(error).__name__}: {' '.join(str(error).split())[:500]}")
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
