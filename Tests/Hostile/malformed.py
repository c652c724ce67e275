"""Sends malformed requests to nginx, haproxy and Footing, each in front of its own recording upstream, and compares.

Three rules. Nothing that nginx or haproxy refuses gets through Footing. What Footing forwards is exactly the requests
that were meant, with exactly their bodies, framed in the one way that nobody can misread, with the secret and without
the caller's token. And the connections it keeps to the upstream are clean afterwards: the next request is answered with
its own answer.

    python3 Tests/Hostile/malformed.py --footing .build/debug/footing [--table] [--only PART-OF-A-NAME]
"""

import dataclasses
import http.client
import os
import socket
import sys
import threading

import corpus
import harness
import peers
from harness import project
from recorder import Recorder

SECRET = "echo-" + os.urandom(12).hex()

PROVIDER = """provider: echo
title: Echo
environments:
  sandbox: { url: "http://127.0.0.1:@PORT@" }
auth: { bearer: echo-key }
retries: { attempts: 1 }
breaker: { failures: 1, minimum: 1000000, window: 1s, open: 1s }
timeouts: { connect: 2s, total: 5s }
operations:
  get: { method: GET, path: "/v1/{name}", risk: read }
  post: { method: POST, path: "/v1/{name}", risk: read, idempotency: none }
"""

#: Fields that belong to one connection, or to Footing alone; none of them goes on.
NEVER = {
    "keep-alive",
    "proxy-connection",
    "proxy-authorization",
    "proxy-authenticate",
    "te",
    "upgrade",
    "http2-settings",
    "expect",
    "x-footing-request",
    "x-footing-tenant",
}
#: Fields that must not come in a trailer (RFC 9110, 6.5.1).
NEVER_TRAILING = {"content-length", "transfer-encoding", "host", "authorization", "connection", "trailer", "te"}


@dataclasses.dataclass
class Outcome:
    """What one gateway made of one case."""

    statuses: list
    closed: bool
    received: list
    anomalies: list
    is_clean: bool

    @property
    def refused(self):
        """Whether the gateway itself said no; what only the recorder did not like was forwarded."""
        return not self.anomalies and (not self.received or any(status >= 400 for status in self.statuses))

    def text(self):
        words = ",".join(str(status) for status in self.statuses) or ("closed" if self.closed else "silence")
        return f"{words}/{len(self.received)}" + ("!" if self.anomalies else "")


def exchange(port, data, patience, wanted):
    """Sends bytes, reads what comes: statuses of the answers, and whether the other side closed by itself.

    Waits `patience` seconds for so many answers as are wanted; says then that nothing more will come, and sees what
    that brings.
    """
    held, said, ended = b"", [], False
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        sender = threading.Thread(target=send, args=(connection, data), daemon=True)
        sender.start()
        try:
            while True:
                answered = sum(status >= 200 for status in said) >= wanted
                connection.settimeout(2 if ended else 0.06 if answered else patience)
                try:
                    chunk = connection.recv(65536)
                except TimeoutError:
                    if ended:
                        return said, False
                    ended = True
                    shut(connection)
                    continue
                if not chunk:
                    return said, True
                held += chunk
                said = statuses(held)
        except OSError:
            return said, True
        finally:
            sender.join(2)


def send(connection, data):
    try:
        connection.sendall(data)
    except OSError:
        # Refused while it was being sent; the answer tells.
        pass


def shut(connection):
    try:
        connection.shutdown(socket.SHUT_WR)
    except OSError:
        pass


def statuses(held):
    """Status codes of the answers in these bytes."""
    found = []
    while held.startswith(b"HTTP/1."):
        head, _, held = held.partition(b"\r\n\r\n")
        found.append(int(head[9:12]))
        fields = {}
        for line in head.split(b"\r\n")[1:]:
            name, _, value = line.partition(b":")
            fields[name.lower()] = value.strip()
        if found[-1] < 200:
            continue
        if fields.get(b"transfer-encoding", b"").lower() == b"chunked":
            while True:
                size, _, held = held.partition(b"\r\n")
                if not size or int(size.split(b";")[0], 16) == 0:
                    break
                held = held[int(size.split(b";")[0], 16) + 2 :]
            held = held.partition(b"\r\n")[2]
        else:
            held = held[int(fields.get(b"content-length", b"0")) :]
    return found


class Gateway:
    """One gateway with its recorder."""

    def __init__(self, name, port, recorder, token):
        self.name, self.port, self.recorder, self.token = name, port, recorder, token
        self.number = 0

    def run(self, case):
        self.recorder.take()
        patience = 5 if case.verdict == "pass" else 1
        wanted = len(case.meant) if case.verdict == "pass" else 1
        found, closed = exchange(self.port, case.bytes(self.token), patience, wanted)
        is_clean = self.probe()
        received, anomalies, _ = self.recorder.take()
        received = [request for request in received if "/v1/probe-" not in request.target]
        return Outcome(found, closed, received, anomalies, is_clean)

    def probe(self):
        """Whether the next request gets its own answer, three times over: kept connections take turns."""
        for _ in range(3):
            self.number += 1
            target = f"/v1/probe-{self.number}"
            try:
                status, _, body = project.ask(self.port, "GET", "/p/echo" + target, self.token, timeout=10)
            except (OSError, ValueError, http.client.HTTPException) as why:
                print(f"probe: {why!r}")
                return False
            if status != 200 or not body.decode().endswith(f"{target} 0"):
                print(f"probe: {status} {body[:200]!r}")
                return False
        return True


def judge(report, case, footing, others, token):
    """Checks one case."""

    def check(holds, text):
        line = " ".join(f"{name} {outcome.text()}" for name, outcome in others.items())
        report.check(holds, f"{case.name}: {text} (footing {footing.text()}; {line})")

    meant = [
        (method, target, body.replace(corpus.TOKEN.encode(), token.encode())) for method, target, body in case.meant
    ]
    forwarded = [(request.method, request.target, request.body) for request in footing.received]
    check(not footing.anomalies, f"what is forwarded can be misread: {footing.anomalies}")
    check(footing.is_clean, "the next request does not get its own answer")
    if case.verdict == "refuse":
        check(not forwarded, f"nothing may be forwarded, but this was: {forwarded}")
        said = [status for status in footing.statuses if status >= 200]
        check(
            all(400 <= status < 500 or status in (501, 505) for status in said), "not said to be the caller's mistake"
        )
    elif case.verdict == "pass":
        check(forwarded == meant, f"meant {meant}, forwarded {forwarded}")
        check(footing.statuses.count(200) == len(meant), "not answered as the upstream did")
    else:
        check(forwarded == meant[: len(forwarded)], f"meant {meant}, forwarded {forwarded}")
    for name, outcome in others.items():
        if outcome.refused and case.verdict != "legal":
            check(len(forwarded) <= len(outcome.received), f"{name} refuses it, Footing does not")
    for request in footing.received:
        judge_fields(check, request, token)


def judge_fields(check, request, token):
    names = {name for name, _ in request.fields}
    check(request.values("authorization") == [f"Bearer {SECRET}"], "the secret is not there exactly once")
    check(not names & NEVER, f"fields of one connection went on: {sorted(names & NEVER)}")
    check(not {name for name, _ in request.trailers} & NEVER_TRAILING, f"trailers went on: {request.trailers}")
    check("x-secret" not in names, "a field that Connection names went on")
    check(all(value.lower() in ("keep-alive", "close") for value in request.values("connection")), "Connection went on")
    check(not any(token in value for _, value in request.fields) and token not in request.target, "the token went on")


def main():
    options = harness.arguments(
        __doc__,
        only=dict(default="", help="only cases with this in their name"),
        table=dict(action="store_true", help="print what each gateway did with each case"),
    )
    report = harness.Report("malformed requests")
    cases = [case for case in corpus.cases() if options.only in case.name]
    with harness.scratch() as folder:
        recorder = Recorder()
        made = project.Project(folder / "project", options.footing.resolve())
        made.secret("echo-key", SECRET)
        made.provider("echo", PROVIDER.replace("@PORT@", str(recorder.port)))
        made.lift_limits()
        made.save()
        token = made.token("call:*")
        running = []
        try:
            gateways = []
            for name, start in (("nginx", peers.nginx), ("haproxy", peers.haproxy)):
                own = Recorder()
                (folder / name).mkdir()
                peer = start(folder / name, own.port)
                if not peer:
                    report.note(f"{name} is not installed: what it would refuse is not compared")
                    continue
                running.append(peer[0])
                gateways.append(Gateway(name, peer[1], own, token))
            with harness.serving(made) as (server, port):
                compare(report, cases, Gateway("footing", port, recorder, token), gateways, options.table)
                report.check(server.process.poll() is None, "the server has ended")
        finally:
            for server in running:
                server.stop()
    return report.end()


def compare(report, cases, footing, others, table):
    """All cases at all gateways; the gateways work side by side, the cases one after another."""
    outcomes = {}

    def walk(gateway):
        outcomes[gateway.name] = [gateway.run(case) for case in cases]

    threads = [threading.Thread(target=walk, args=(gateway,)) for gateway in [footing, *others]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for number, case in enumerate(cases):
        rest = {gateway.name: outcomes[gateway.name][number] for gateway in others}
        judge(report, case, outcomes["footing"][number], rest, footing.token)
        if table:
            cells = [
                f"{name} {outcome.text()}" for name, outcome in {"footing": outcomes["footing"][number], **rest}.items()
            ]
            print(f"{case.verdict:7} {case.name:60} {'  '.join(cells)}")
    print(f"{len(cases)} cases at {1 + len(others)} gateways")


if __name__ == "__main__":
    sys.exit(main())
