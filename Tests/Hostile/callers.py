"""Callers that hold on to Footing: heads that never end, bodies that never come, answers that are never read.

Each costs bounded memory and time, and meanwhile everybody else is answered as usual.

    python3 Tests/Hostile/callers.py --footing .build/debug/footing [--callers 200] [--patience 90]
"""

import selectors
import socket
import sys
import threading
import time

import harness
from harness import project

LARGE = 64 << 20

PROVIDER = """provider: files
title: Files
environments:
  sandbox: { url: "http://127.0.0.1:@PORT@" }
auth: none
timeouts: { connect: 2s, total: 300s }
breaker: { failures: 1, minimum: 1000000, window: 1s, open: 1s }
operations:
  get: { method: GET, path: "/v1/{name}", risk: read }
  put: { method: POST, path: "/v1/{name}", risk: read }
"""


class Files:
    """An upstream: `/v1/small` is a few bytes, `/v1/large` 64 MB; knows how much of each large answer was taken."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=512)
        self.port = self.listener.getsockname()[1]
        self.taken = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        with connection, connection.makefile("rb") as stream:
            try:
                while line := stream.readline(65536):
                    size = 0
                    while (field := stream.readline(65536)).strip():
                        if field.lower().startswith(b"content-length:"):
                            size = int(field[15:])
                    stream.read(size)
                    self._answer(connection, b"/v1/large" in line)
            except (OSError, ValueError):
                pass

    def _answer(self, connection, is_large):
        if not is_large:
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nsmall")
            return
        connection.sendall(f"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {LARGE}\r\n\r\n".encode())
        place = len(self.taken)
        self.taken.append(0)
        piece = bytes(1 << 16)
        while self.taken[place] < LARGE:
            self.taken[place] += connection.send(piece)

    def close(self):
        self.listener.close()


def head(token, method="GET", name="small", fields=""):
    return (
        f"{method} /p/files/v1/{name} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n{fields}"
    ).encode()


class Crowd:
    """Many connections, each with what it has said; and how they end."""

    def __init__(self, port, count, first, more=b""):
        self.more = more
        self.open = {}
        self.selector = selectors.DefaultSelector()
        for _ in range(count):
            connection = socket.create_connection(("127.0.0.1", port), timeout=10)
            connection.sendall(first)
            connection.setblocking(False)
            self.selector.register(connection, selectors.EVENT_READ)
            self.open[connection] = 0

    def step(self, wait):
        """Notices who was sent away; the others say a little more."""
        for key, _ in self.selector.select(wait):
            try:
                gone = not key.fileobj.recv(65536)
            except OSError:
                gone = True
            if gone:
                self.leave(key.fileobj)
        if self.more:
            for connection in list(self.open):
                try:
                    connection.send(self.more)
                except BlockingIOError:
                    pass
                except OSError:
                    self.leave(connection)

    def leave(self, connection):
        self.selector.unregister(connection)
        del self.open[connection]
        connection.close()

    def close(self):
        for connection in list(self.open):
            self.leave(connection)
        self.selector.close()


def slow(report, server, port, token, options):
    """Heads and bodies that come a byte a second, or stop: sent away in time, while good calls go on."""
    crowds = {
        "a head that stops": Crowd(port, options.callers, head(token)),
        "a head a byte a second": Crowd(port, options.callers, head(token) + b"X-Slow: ", b"a"),
        "a body that stops": Crowd(
            port, options.callers, head(token, "POST", fields="Content-Length: 1000\r\n\r\n") + b"x" * 10
        ),
    }
    if options.patience > 60:
        # An idle connection does no harm and may stay for a while.
        crowds["nothing at all"] = Crowd(port, options.callers, b"")
    began = time.monotonic()
    slowest, gone = 0.0, {}
    while any(crowd.open for crowd in crowds.values()) and time.monotonic() - began < options.patience:
        for name, crowd in crowds.items():
            if crowd.open:
                crowd.step(0.05)
            elif name not in gone:
                gone[name] = time.monotonic() - began
        asked = time.monotonic()
        try:
            status, _, body = project.ask(port, "GET", "/p/files/v1/small", token, timeout=5)
            report.check((status, body) == (200, b"small"), f"a good call beside them was answered {status}")
        except OSError as why:
            report.check(False, f"a good call beside them was not answered: {why!r}")
        slowest = max(slowest, time.monotonic() - asked)
        time.sleep(max(0.0, 1 - (time.monotonic() - asked)))
    for name, crowd in crowds.items():
        left = len(crowd.open)
        report.check(
            not left, f"{name}: {left} of {options.callers} still hold their connection after {options.patience:.0f} s"
        )
        print(
            f"{name}: sent away after {gone.get(name, time.monotonic() - began):.0f} s"
            if not left
            else f"{name}: not sent away"
        )
        crowd.close()
    report.check(slowest < 10, f"a good call beside them took {slowest:.1f} s")
    print(f"slowest good call beside them: {slowest * 1000:.0f} ms; memory {server.resident_mb():.1f} MB")


def flood(report, server, port, token):
    """Fields without end from a caller: answered, and cut off soon, whatever still comes."""
    before, began = server.resident_mb(), time.monotonic()
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        try:
            connection.sendall(head(token))
            while time.monotonic() - began < 30:
                connection.send(b"X-Filler: " + b"a" * 1000 + b"\r\n")
        except OSError:
            pass
        took = time.monotonic() - began
        try:
            said = connection.recv(65536)[9:12]
        except OSError:
            said = b""
    report.check(said in (b"431", b"400", b""), f"a head without end was answered {said!r}")
    report.check(took < 20, f"a head without end was read for {took:.0f} s")
    grown = server.resident_mb() - before
    report.check(grown < 20, f"memory grew by {grown:.1f} MB with a head without end")


def unread(report, server, port, token, files):
    """Answers that nobody reads: the vendor is not read on either."""
    before = server.resident_mb()
    crowd = []
    for _ in range(30):
        connection = socket.socket()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
        connection.settimeout(10)
        connection.connect(("127.0.0.1", port))
        connection.sendall(head(token, name="large") + b"\r\n")
        crowd.append(connection)
    project.wait_until("every large answer is begun", lambda: len(files.taken) >= len(crowd))
    taken = -1
    while sum(files.taken) != taken:
        taken = sum(files.taken)
        time.sleep(0.5)
    grown = server.resident_mb() - before
    print(f"30 unread answers of 64 MB: {max(files.taken):,} bytes of one taken at most; memory grew by {grown:.1f} MB")
    # Buffers of four sockets and of the kernel stand between.
    report.check(max(files.taken) < 16 << 20, f"{max(files.taken):,} bytes of an unread answer were taken")
    report.check(grown < 100, f"memory grew by {grown:.1f} MB with 30 unread answers")
    status, _, _ = project.ask(port, "GET", "/p/files/v1/small", token)
    report.check(status == 200, f"a good call beside them was answered {status}")
    for connection in crowd:
        connection.close()


def main():
    options = harness.arguments(
        __doc__,
        callers=dict(type=int, default=200, help="of each kind"),
        patience=dict(type=float, default=90, help="seconds until they must have been sent away"),
    )
    report = harness.Report("hostile callers")
    files = Files()
    with harness.scratch() as folder:
        made = project.Project(folder / "project", options.footing.resolve())
        made.provider("files", PROVIDER.replace("@PORT@", str(files.port)))
        made.lift_limits()
        made.save()
        token = made.token("call:*")
        with harness.serving(made) as (server, port):
            project.ask(port, "GET", "/p/files/v1/small", token)
            before = harness.descriptors(server.process.pid)
            flood(report, server, port, token)
            try:
                unread(report, server, port, token, files)
            except RuntimeError as why:
                report.check(False, str(why))
            slow(report, server, port, token, options)
            if before is not None:
                try:
                    project.wait_until(
                        "all files are closed", lambda: harness.descriptors(server.process.pid) <= before + 40
                    )
                except RuntimeError as why:
                    report.check(False, f"{why}: {before}, then {harness.descriptors(server.process.pid)}")
            report.check(server.process.poll() is None, "the server has ended")
    files.close()
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
