"""The vendor of the hostile test: what it does wrong, what a call to it may end in, and the order of the calls."""

import asyncio
import dataclasses
import random
import socket
import struct

GIGABYTE = 1 << 30

UNREACHABLE = "provider_unreachable"
BROKEN = "provider_answer_broken"
LATE = "provider_timeout"
GOOD = "good"


def body_of(number):
    """The body of the good answer to call `number`; as long for each."""
    return b'{"n": %8d, "text": "an answer of a few words"}' % number


def answer_of(number, chunked=False):
    body = body_of(number)
    if not chunked:
        return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)
    halves = body[:20], body[20:]
    parts = b"".join(b"%x\r\n%s\r\n" % (len(half), half) for half in halves)
    return (
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
        + parts
        + b"0\r\n\r\n"
    )


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
HEAD_LENGTH = answer_of(0).index(b"\r\n\r\n") + 4


def written(text):
    """A behaviour: these bytes, then the connection stays open."""
    return lambda number: (text(number) if callable(text) else text, "keep")


def closed(text):
    """A behaviour: these bytes, then the connection is closed."""
    return lambda number: (text(number) if callable(text) else text, "close")


def length(number, stated, sent=None):
    body = body_of(number) if sent is None else sent
    return HEAD + b"Content-Length: %s\r\n\r\n%s" % (str(stated).encode(), body)


SIZE = len(body_of(0))
NOISE = bytes(random.Random(1).randrange(256) for _ in range(400))

#: What the vendor sends whole: bytes and what then happens to the connection; and what the call may end in.
PLAIN = {
    "good": (written(answer_of), {GOOD}),
    "good-chunked": (written(lambda n: answer_of(n, True)), {GOOD}),
    "good-then-closed": (closed(answer_of), {GOOD}),
    "good-announced": (written(lambda n: b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 3 + answer_of(n)), {GOOD}),
    "until-close": (closed(lambda n: HEAD + b"\r\n" + body_of(n)), {GOOD}),
    "until-close-cut": (closed(lambda n: HEAD + b"\r\n" + body_of(n)[:30]), {"contract_broken"}),
    "length-too-long-closed": (closed(lambda n: length(n, SIZE + 10)), {UNREACHABLE, BROKEN}),
    "length-too-long-kept": (written(lambda n: length(n, SIZE + 10)), {LATE}),
    # The rest of the bytes must not become the answer to somebody else's call.
    "length-too-short": (
        written(lambda n: length(n, SIZE) + b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"),
        {GOOD, BROKEN},
    ),
    "length-cuts-body": (written(lambda n: length(n, 20)), {"contract_broken", BROKEN}),
    "length-negative": (written(lambda n: length(n, "-5")), {BROKEN}),
    "length-not-a-number": (written(lambda n: length(n, "many")), {BROKEN}),
    "length-huge": (written(lambda n: length(n, "9" * 30)), {BROKEN}),
    "length-1-tb-closed": (closed(lambda n: length(n, 1 << 40)), {UNREACHABLE, BROKEN}),
    "length-twice": (written(lambda n: HEAD + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!"), {BROKEN}),
    "both-framings": (
        written(lambda n: HEAD + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"),
        {BROKEN},
    ),
    "coding-unknown": (closed(lambda n: HEAD + b"Transfer-Encoding: cow\r\n\r\n" + body_of(n)), {BROKEN}),
    "chunk-size-bad": (written(HEAD + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\nhello\r\n0\r\n\r\n"), {BROKEN}),
    "chunk-size-overflow": (
        written(HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + b"f" * 32 + b"\r\nhello\r\n"),
        {BROKEN},
    ),
    "chunk-size-negative": (written(HEAD + b"Transfer-Encoding: chunked\r\n\r\n-1\r\nhello\r\n0\r\n\r\n"), {BROKEN}),
    "chunk-size-huge": (closed(HEAD + b"Transfer-Encoding: chunked\r\n\r\n7fffffff\r\nhello"), {UNREACHABLE, BROKEN}),
    "chunk-not-ended": (written(HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhelloXX\r\n0\r\n\r\n"), {BROKEN}),
    "chunks-without-last": (closed(HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"), {UNREACHABLE, BROKEN}),
    "noise": (written(NOISE), {BROKEN}),
    "noise-closed": (closed(NOISE), {BROKEN, UNREACHABLE}),
    "nothing-closed": (closed(b""), {UNREACHABLE}),
    "line-ends": (written(b"\r\n" * 5000), {BROKEN, LATE}),
    "tls": (written(b"\x16\x03\x03\x00\x7a\x02\x00\x00\x76\x03\x03" + NOISE[:100]), {BROKEN}),
    "ftp": (written(b"220 welcome\r\n"), {BROKEN}),
    "http-0.9": (closed(body_of), {BROKEN, UNREACHABLE}),
    "http-2.0": (written(lambda n: answer_of(n).replace(b"HTTP/1.1", b"HTTP/2.0")), {BROKEN}),
    "http-9.9": (written(lambda n: answer_of(n).replace(b"HTTP/1.1", b"HTTP/9.9")), {BROKEN}),
    "status-0": (written(lambda n: answer_of(n).replace(b"200", b"000")), {BROKEN}),
    "status-99": (written(lambda n: answer_of(n).replace(b"200", b"99")), {BROKEN}),
    "status-1000": (written(lambda n: answer_of(n).replace(b"200", b"1000")), {BROKEN}),
    "status-words": (written(lambda n: answer_of(n).replace(b"200 OK", b"OK")), {BROKEN}),
    "status-600": (
        written(lambda n: answer_of(n).replace(b"200", b"600")),
        {BROKEN, "provider_failed", "provider_rejected"},
    ),
    "switches-unasked": (
        written(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"),
        {BROKEN},
    ),
    "204-with-body": (
        written(lambda n: b"HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n"),
        None,
    ),
    "304-unasked": (written(lambda n: b"HTTP/1.1 304 Not Modified\r\nContent-Length: 10\r\n\r\n"), None),
    "field-without-colon": (written(lambda n: HEAD + b"nothing\r\nContent-Length: 2\r\n\r\n{}"), {BROKEN}),
    "field-with-nul": (written(lambda n: HEAD + b"X-A: a\0b\r\nContent-Length: 2\r\n\r\n{}"), {BROKEN}),
    "field-with-space": (written(lambda n: HEAD + b"X A: b\r\nContent-Length: 2\r\n\r\n{}"), {BROKEN}),
    "field-with-bare-cr": (written(lambda n: HEAD + b"X-A: a\rSet-Cookie: b\r\nContent-Length: 2\r\n\r\n{}"), {BROKEN}),
    "not-json": (written(HEAD + b'Content-Length: 6\r\n\r\n{"a": '), {"contract_broken"}),
    "html": (
        written(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<h1>Down</h1>"),
        {"contract_broken"},
    ),
    "deep-json": (written(HEAD + b"Content-Length: 100000\r\n\r\n" + b"[" * 100_000), {"contract_broken"}),
    "500-cut": (
        closed(b"HTTP/1.1 500 No\r\nContent-Length: 100\r\n\r\nhalf"),
        {UNREACHABLE, BROKEN, "provider_failed"},
    ),
    "body-for-no-length": (
        closed(lambda n: b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n" + body_of(n)),
        {"contract_broken", BROKEN},
    ),
}

#: What takes its time, or has no end: how it may end.
LONG = {
    "silent": {LATE},
    "slow-head": {LATE},
    "slow-body": {LATE},
    "dribble": {GOOD, LATE},
    "endless-announcements": {BROKEN, LATE, UNREACHABLE},
}
HEAVY = {
    "endless-headers": {BROKEN},
    "endless-line": {BROKEN},
    # What may be as large as an answer may be can take longer than a call.
    "endless-chunks": {BROKEN, LATE},
    "endless-chunk-size": {BROKEN, LATE},
    "endless-trailers": {BROKEN},
}


@dataclasses.dataclass
class Call:
    number: int
    kind: str
    how: str
    allowed: set


class Vendor:
    """Listens on loopback and does what the path says: /v1/KIND/HOW/NUMBER."""

    def __init__(self):
        self.seen = {}
        self.largest = 0
        self.is_well = True
        self.asked = 0
        self.open = set()

    async def start(self):
        self.server = await asyncio.start_server(self.serve, "127.0.0.1", 0, backlog=1024)
        self.port = self.server.sockets[0].getsockname()[1]

    async def stop(self):
        self.server.close()
        for task in list(self.open):
            task.cancel()
        await asyncio.gather(*self.open, return_exceptions=True)

    async def serve(self, reader, writer):
        task = asyncio.current_task()
        self.open.add(task)
        try:
            while await self.answer(reader, writer):
                pass
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError, asyncio.CancelledError):
            pass
        finally:
            self.open.discard(task)
            writer.close()

    async def answer(self, reader, writer):
        head = await reader.readuntil(b"\r\n\r\n")
        method, target, _ = head.split(b"\r\n", 1)[0].decode().split(" ")
        size = next((int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0)
        _, _, kind, how, number = target.split("?")[0].split("/")
        number = int(number)
        self.asked += 1
        self.seen[number] = self.seen.get(number, 0) + 1
        if how != "early":
            await reader.readexactly(size)
        if kind == "fragile":
            how = "good" if self.is_well else "nothing-closed"
        return await self.behave(how, number, reader, writer)

    async def behave(self, how, number, reader, writer):
        name, _, offset = how.rpartition("-at-")
        if name in ("cut", "cut-chunked", "reset"):
            writer.write(answer_of(number, name == "cut-chunked")[: int(offset)])
            await writer.drain()
            if name == "reset":
                self.reset(writer)
            return False
        if how in PLAIN:
            data, then = PLAIN[how][0](number)
            writer.write(data)
            await writer.drain()
            return then == "keep"
        if how == "early":
            writer.write(answer_of(number))
            await writer.drain()
            return False
        await getattr(self, how.replace("-", "_"))(number, reader, writer)
        return how == "dribble"

    def reset(self, writer):
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()

    async def silent(self, number, reader, writer):
        # Until the other side has had enough.
        await reader.read()

    async def slow_head(self, number, reader, writer):
        await self.bytewise(answer_of(number), writer, 0.05)

    async def slow_body(self, number, reader, writer):
        writer.write(answer_of(number)[:HEAD_LENGTH])
        await self.bytewise(answer_of(number)[HEAD_LENGTH:], writer, 0.05)

    async def dribble(self, number, reader, writer):
        await self.bytewise(answer_of(number, True), writer, 0)

    async def bytewise(self, data, writer, pause):
        for index in range(len(data)):
            writer.write(data[index : index + 1])
            await writer.drain()
            await asyncio.sleep(pause)

    async def endless(self, writer, start, piece):
        """Sends until the other side has had enough, or a gigabyte was taken."""
        writer.write(start)
        sent = 0
        try:
            while sent < GIGABYTE:
                writer.write(piece)
                sent += len(piece)
                await writer.drain()
                await asyncio.sleep(0)
        finally:
            self.largest = max(self.largest, sent)

    async def endless_headers(self, number, reader, writer):
        await self.endless(writer, HEAD, b"X-Filler: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n" * 1000)

    async def endless_line(self, number, reader, writer):
        await self.endless(writer, HEAD + b"X-Filler: ", b"a" * 65536)

    async def endless_chunks(self, number, reader, writer):
        await self.endless(writer, HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"10000\r\n" + b" " * 65536 + b"\r\n")

    async def endless_chunk_size(self, number, reader, writer):
        await self.endless(writer, HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"0" * 65536)

    async def endless_trailers(self, number, reader, writer):
        start = HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n"
        await self.endless(writer, start, b"X-Filler: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n" * 1000)

    async def endless_announcements(self, number, reader, writer):
        await self.endless(writer, b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1000)


def plan(count, skipped=()):
    """The calls, in a fixed order: every offset in turn, misdeeds in between, the long and heavy ones now and then."""
    calls = []
    cuts = [("cut", offset) for offset in range(len(answer_of(0)))]
    cuts += [("cut-chunked", offset) for offset in range(len(answer_of(0, True)))]
    cuts += [("reset", offset) for offset in range(len(answer_of(0)))]
    # A fixed shuffle, so that a short run sees a fair share of all offsets.
    random.Random(7).shuffle(cuts)
    plain, long, heavy = ([how for how in kind if how not in skipped] for kind in (PLAIN, LONG, HEAVY))
    kinds = ["checked", "streamed", "checked", "written"]
    while len(calls) < count:
        number = len(calls)
        kind = kinds[number % 4]
        if number % 400 == 399:
            how = heavy[number // 400 % len(heavy)]
            calls.append(Call(number, "checked", how, HEAVY[how]))
        elif number % 50 == 49:
            how = long[number // 50 % len(long)]
            calls.append(Call(number, kind, how, LONG[how]))
        elif number % 3 == 2:
            how = plain[number // 3 % len(plain)]
            calls.append(Call(number, kind, how, PLAIN[how][1]))
        elif number % 97 == 0:
            calls.append(Call(number, "written", "early", {GOOD, UNREACHABLE, BROKEN}))
        else:
            name, offset = cuts[number * 2 // 3 % len(cuts)]
            calls.append(Call(number, kind, f"{name}-at-{offset}", {UNREACHABLE, BROKEN}))
    return calls
