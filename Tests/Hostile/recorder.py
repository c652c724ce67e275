"""An upstream that writes down exactly what reaches it, and reads it as strictly as RFC 9112 allows.

Whatever a lenient server could understand in two ways is an *anomaly* here: a gateway must never send it.
"""

import dataclasses
import re
import socketserver
import threading

from loopback import Loopback

TOKEN = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
TARGET = re.compile(rb"[!-~]+")
VALUE = re.compile(rb"[\t -~\x80-\xff]*")


class Anomaly(Exception):
    """What was received is not one clear request."""


@dataclasses.dataclass
class Received:
    """One request, whole and clear."""

    method: str
    target: str
    fields: list
    body: bytes
    trailers: list

    def values(self, name):
        return [value for known, value in self.fields if known == name]


class Recorder(Loopback):
    """Listens on loopback; answers every whole request with 200 and a line that names it."""

    def __init__(self):
        self.lock = threading.Lock()
        self.received = []
        self.anomalies = []
        self.started = 0
        recorder = self

        class Handler(socketserver.StreamRequestHandler):
            # Small writes must not wait for one another.
            disable_nagle_algorithm = True

            def handle(self):
                recorder.serve(self.rfile, self.wfile)

        super().__init__(Handler)

    def take(self):
        """What came since the last time: whole requests, anomalies, and how many requests were begun."""
        with self.lock:
            taken = (self.received, self.anomalies, self.started)
            self.received, self.anomalies, self.started = [], [], 0
            return taken

    def serve(self, reader, writer):
        while True:
            try:
                request = self.read(reader)
            except Anomaly as what:
                with self.lock:
                    self.anomalies.append(str(what))
                return
            if request is None:
                return
            with self.lock:
                self.received.append(request)
            text = f"{request.method} {request.target} {len(request.body)}".encode()
            head = f"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {len(text)}\r\n\r\n".encode()
            writer.write(head if request.method == "HEAD" else head + text)
            writer.flush()

    def read(self, reader):
        """One request; None where the peer left before a whole one had come."""
        line = self.line(reader)
        if line is None:
            return None
        with self.lock:
            self.started += 1
        parts = line.split(b" ")
        if (
            len(parts) != 3
            or parts[2] != b"HTTP/1.1"
            or not TOKEN.fullmatch(parts[0])
            or not TARGET.fullmatch(parts[1])
        ):
            raise Anomaly(f"request line {line!r}")
        fields = self.fields(reader)
        if fields is None:
            return None
        body, trailers = self.body(reader, fields)
        if body is None:
            return None
        return Received(parts[0].decode(), parts[1].decode(), fields, body, trailers)

    def line(self, reader):
        line = reader.readline(1 << 20)
        if not line.endswith(b"\n"):
            return None
        if not line.endswith(b"\r\n"):
            raise Anomaly(f"line ends with a bare LF: {line[:80]!r}")
        line = line[:-2]
        if b"\r" in line or b"\0" in line:
            raise Anomaly(f"CR or NUL inside a line: {line[:80]!r}")
        return line

    def fields(self, reader):
        fields = []
        while (line := self.line(reader)) != b"":
            if line is None:
                return None
            name, colon, value = line.partition(b":")
            if not colon or not TOKEN.fullmatch(name) or not VALUE.fullmatch(value):
                raise Anomaly(f"field {line[:80]!r}")
            fields.append((name.decode().lower(), value.strip(b" \t").decode("latin-1")))
        return fields

    def body(self, reader, fields):
        lengths = [value for name, value in fields if name == "content-length"]
        codings = [value for name, value in fields if name == "transfer-encoding"]
        hosts = [value for name, value in fields if name == "host"]
        if len(hosts) != 1:
            raise Anomaly(f"Host {hosts}")
        if len(lengths) > 1 or len(codings) > 1 or (lengths and codings):
            raise Anomaly(f"framing said twice: Content-Length {lengths}, Transfer-Encoding {codings}")
        if codings:
            if codings[0].lower() != "chunked":
                raise Anomaly(f"Transfer-Encoding {codings[0]!r}")
            return self.chunks(reader)
        if not lengths:
            return b"", []
        if not re.fullmatch(r"[0-9]{1,15}", lengths[0]):
            raise Anomaly(f"Content-Length {lengths[0]!r}")
        body = reader.read(int(lengths[0]))
        return (body if len(body) == int(lengths[0]) else None), []

    def chunks(self, reader):
        body = b""
        while True:
            line = self.line(reader)
            if line is None:
                return None, []
            if not re.fullmatch(rb"[0-9a-fA-F]{1,8}", line):
                raise Anomaly(f"chunk size {line[:80]!r}")
            size = int(line, 16)
            if size == 0:
                trailers = self.fields(reader)
                return (None, []) if trailers is None else (body, trailers)
            piece = reader.read(size)
            if len(piece) < size:
                return None, []
            body += piece
            ending = self.line(reader)
            if ending is None:
                return None, []
            if ending != b"":
                raise Anomaly(f"chunk longer than it says: {ending[:80]!r}")
