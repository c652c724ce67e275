"""A vendor that does everything wrong, and a hundred thousand calls to it through Footing.

It drops the connection after every possible byte of an answer, by FIN and by RST; dribbles; lies about Content-Length;
sends headers without end, chunks without end, announcements without end; never answers; answers with noise, with two
framings, before it was asked, or what it was not asked for. For each call: it ends in time, with the right problem, and
with nobody else's answer. For all together: memory and open files of the server stay flat, and a breaker opens.

    python3 Tests/Hostile/vendor.py --footing .build/debug/footing [--calls 100000]
"""

import asyncio
import json
import sys
import time

import harness
from harness import project
from misdeeds import GOOD, LATE, UNREACHABLE, Vendor, body_of, plan

#: Time-out of the operations, seconds, and what a call may take beyond it on a busy machine.
TIMEOUT = 1.0
SLACK = 25.0
CONCURRENCY = 24
#: No answer of the vendor that may reach a caller is longer.
MOST = 8 << 20


class Caller:
    """Keeps one connection to Footing and makes one call after another."""

    def __init__(self, port, token):
        self.port, self.token = port, token
        self.reader = self.writer = None

    async def call(self, call):
        """What the call ended in: a status, a body, and whether the body was whole; None where no answer came."""
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 20)
        body = b""
        if call.kind == "written":
            body = b'{"n": 1}' if call.how != "early" else b'{"n": "%s"}' % (b"x" * 300_000)
        head = (
            f"{'POST' if body else 'GET'} /p/hostile/v1/{call.kind}/{call.how}/{call.number} HTTP/1.1\r\n"
            "Host: 127.0.0.1\r\n"
            f"Authorization: Bearer {self.token}\r\n"
        )
        if body:
            head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        self.writer.write(head.encode() + b"\r\n" + body)
        try:
            await self.writer.drain()
            return await self.answer()
        except (OSError, asyncio.IncompleteReadError, ValueError):
            self.leave()
            return None, b"", False

    async def answer(self):
        top = await self.reader.readuntil(b"\r\n\r\n")
        status = int(top[9:12])
        fields = top.lower()
        if status in (100, 103):
            return await self.answer()
        body, whole = b"", True
        try:
            if b"\r\ntransfer-encoding: chunked\r\n" in fields:
                while size := int(await self.reader.readuntil(b"\r\n"), 16):
                    body += (await self.reader.readexactly(size + 2))[:-2]
                    if len(body) > MOST:
                        raise ValueError("an answer without end")
                await self.reader.readuntil(b"\r\n")
            elif b"\r\ncontent-length:" in fields and status not in (204, 304):
                stated = int(fields.split(b"\r\ncontent-length:")[1].split(b"\r\n")[0])
                body = await self.reader.readexactly(stated)
            elif status not in (204, 304):
                body = await self.reader.read()
        except (asyncio.IncompleteReadError, OSError, ValueError):
            whole = False
        if not whole or b"\r\nconnection: close\r\n" in fields:
            self.leave()
        return status, body, whole

    def leave(self):
        if self.writer:
            self.writer.close()
        self.reader = self.writer = None


TOO_LARGE = {"length-1-tb-closed", "endless-chunks"}


def judge(report, call, status, body, whole, seconds):
    """Whether a call ended as it may."""
    what = f"call {call.number}, {call.kind} {call.how}"
    report.check(seconds < TIMEOUT + SLACK, f"{what}: took {seconds:.1f} s")
    if status is None:
        # Nothing at all is no answer: even a streamed one begins with a head, unless it fails before.
        report.check(call.kind == "streamed", f"{what}: the connection ended without an answer")
        return
    if not whole:
        # What is too large to be kept until its outcome is stored goes on as it comes.
        streams = call.kind == "streamed" or (call.kind == "written" and call.how in TOO_LARGE)
        report.check(streams and call.allowed != {GOOD}, f"{what}: answered {status} and broke off")
        return
    if status == 200:
        whole_body = body == body_of(call.number)
        if call.kind == "streamed" and call.allowed is not None and GOOD not in call.allowed:
            # Without a contract nobody looks at the body; but what broke off must not look whole.
            fine = "contract_broken" in call.allowed
            report.check(fine, f"{what}: a broken answer was handed on as a whole one: {body[:60]!r}")
        elif call.allowed is not None:
            report.check(GOOD in call.allowed and whole_body, f"{what}: answered 200 with {body[:60]!r}")
        return
    if call.allowed is None:
        report.check(status < 600, f"{what}: answered {status}")
        return
    try:
        problem = json.loads(body)
    except ValueError:
        report.check(call.kind == "streamed", f"{what}: answered {status} with {body[:60]!r}")
        return
    code = problem.get("code")
    allowed = call.allowed | ({"outcome_unknown"} if call.kind == "written" else set())
    if code in (UNREACHABLE, LATE) and code not in allowed:
        # A kept connection that the vendor had spoilt before, and closed while this request was on its way; or a moment
        # in which the machine had no time. Both are rare.
        report.unlucky[code] += 1
        return
    report.check(code in allowed, f"{what}: ended in {status} {code}, not in {sorted(allowed)}")
    report.check(problem.get("source") == "provider", f"{what}: {code} blames {problem.get('source')}")


PROVIDER = """provider: hostile
title: Hostile
environments:
  sandbox: {{ url: "http://127.0.0.1:{port}" }}
auth: none
timeouts: {{ connect: 2s, total: {timeout}ms }}
retries: {{ attempts: 1 }}
breaker: {{ failures: 1, minimum: 1000000, window: 1s, open: 1s }}
operations:
  checked:
    method: GET
    path: "/v1/checked/{{how}}/{{number}}"
    risk: read
    response:
      type: object
      required: [n, text]
      properties: {{ n: {{ type: integer }}, text: {{ type: string }} }}
  streamed: {{ method: GET, path: "/v1/streamed/{{how}}/{{number}}", risk: read }}
  written:
    method: POST
    path: "/v1/written/{{how}}/{{number}}"
    risk: write
    idempotency: none
    response: {{ type: object, required: [n, text] }}
"""

FRAGILE = """provider: fragile
title: Fragile
environments:
  sandbox: {{ url: "http://127.0.0.1:{port}" }}
auth: none
timeouts: {{ connect: 2s, total: 2s }}
retries: {{ attempts: 1 }}
breaker: {{ failures: 0.5, minimum: 10, window: 30s, open: 1s }}
operations:
  get: {{ method: GET, path: "/v1/fragile/{{how}}/{{number}}", risk: read }}
"""

ABSENT = """provider: absent
title: Absent
environments:
  sandbox: {{ url: "http://127.0.0.1:{port}" }}
auth: none
timeouts: {{ connect: 1s, total: 2s }}
retries: {{ attempts: 1 }}
operations:
  get: {{ method: GET, path: "/v1/x", risk: read }}
"""


async def run(options, folder, report):
    vendor = Vendor()
    await vendor.start()
    made = project.Project(folder / "project", options.footing.resolve())
    made.provider("hostile", PROVIDER.format(port=vendor.port, timeout=int(TIMEOUT * 1000)))
    made.provider("fragile", FRAGILE.format(port=vendor.port))
    made.provider("absent", ABSENT.format(port=harness.common.free_port()))
    made.lift_limits()
    made.save()
    tokens = [made.token("call:*", name=f"caller-{number}") for number in range(CONCURRENCY)]
    with harness.serving(made) as (server, port):
        ask = lambda path: asyncio.to_thread(project.ask, port, "GET", path, tokens[0])  # noqa: E731
        status, _, body = await ask("/p/absent/v1/x")
        report.check((status, json.loads(body)["code"]) == (502, UNREACHABLE), f"nobody listens: {status} {body!r}")
        calls = plan(options.calls, options.skip)
        # The first part fills pools and caches; what comes after must not grow.
        part = max(len(calls) // 5, min(len(calls), 1000))
        await make(report, calls[:part], port, tokens)
        before = usage(server)
        await make(report, calls[part:], port, tokens)
        after = usage(server)
        print(
            f"{len(calls)} calls; before: {before}; after: {after}; most of an endless answer: {vendor.largest:,} bytes"
        )
        report.check(server.process.poll() is None, "the server has ended")
        if before["files"] is not None:
            report.check(
                after["files"] <= before["files"] + 20, f"open files: {before['files']}, then {after['files']}"
            )
        report.check(after["mb"] <= before["mb"] * 1.2 + 30, f"memory: {before['mb']} MB, then {after['mb']} MB")
        for code, count in report.unlucky.items():
            if code == LATE and count and harness.was_starved(server.process.pid):
                report.note(f"{count} calls came late, but the machine was too busy to judge that")
                continue
            report.check(
                count <= len(calls) // 200, f"{count} calls of {len(calls)} ended in {code} by no doing of their own"
            )
        report.check(vendor.largest < 64 << 20, f"{vendor.largest:,} bytes of an endless answer were taken")
        twice = [
            number
            for number, times in vendor.seen.items()
            if times > 1 and number < len(calls) and calls[number].kind == "written"
        ]
        report.check(not twice, f"writes that were made more than once: {twice[:10]}")
        await breaker(report, vendor, ask)
    await vendor.stop()


def usage(server):
    return {"files": harness.descriptors(server.process.pid), "mb": round(server.resident_mb(), 1)}


async def make(report, calls, port, tokens):
    """Makes the calls, so many at a time."""
    waiting = iter(calls)

    async def work(token):
        caller = Caller(port, token)
        for call in waiting:
            began = time.monotonic()
            try:
                result = await asyncio.wait_for(caller.call(call), TIMEOUT + SLACK + 2)
            except asyncio.TimeoutError:
                caller.leave()
                report.check(
                    False, f"call {call.number}, {call.kind} {call.how}: no end after {TIMEOUT + SLACK + 2:.0f} s"
                )
                continue
            judge(report, call, *result, time.monotonic() - began)
        caller.leave()

    await asyncio.gather(*(work(token) for token in tokens))


async def breaker(report, vendor, ask):
    """It opens when the provider fails, keeps calls away from it, and closes when it is well again."""
    for number in range(3):
        status, _, _ = await ask(f"/p/fragile/v1/fragile/x/{9_000_000 + number}")
        report.check(status == 200, f"a well provider answers: {status}")
    vendor.is_well = False
    code = None
    for number in range(60):
        status, fields, body = await ask(f"/p/fragile/v1/fragile/x/{9_001_000 + number}")
        code = json.loads(body)["code"]
        if code == "provider_unavailable":
            report.check(
                status == 503 and "retry-after" in fields, f"open: {status}, Retry-After {fields.get('retry-after')}"
            )
            break
    report.check(code == "provider_unavailable", f"the breaker did not open: {code}")
    asked = vendor.asked
    for number in range(5):
        await ask(f"/p/fragile/v1/fragile/x/{9_002_000 + number}")
    report.check(vendor.asked <= asked + 1, f"an open breaker let {vendor.asked - asked} calls through")
    vendor.is_well = True
    end = time.monotonic() + 20
    while time.monotonic() < end and status != 200:
        status, _, _ = await ask("/p/fragile/v1/fragile/x/9003000")
        await asyncio.sleep(0.1)
    report.check(status == 200, f"the breaker did not close: {status}")


def main():
    options = harness.arguments(
        __doc__,
        calls=dict(type=int, default=100_000, help="how many calls"),
        skip=dict(action="append", default=[], help="a misdeed to leave out"),
    )
    report = harness.Report("hostile vendor")
    report.unlucky = {UNREACHABLE: 0, LATE: 0}
    with harness.scratch() as folder:
        asyncio.run(run(options, folder, report))
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
