"""A vendor that shows how things pass: it says when it was asked, waits until it is told, and notices who leaves.

Only the standard library.
"""

import hashlib
import base64
import socketserver
import threading

from loopback import Loopback


class Vendor(Loopback):
    """Each path below `/v1/` is one way to answer; `asked` holds method, path, fields, content and trailers."""

    def __init__(self, name="one"):
        self.name = name
        self.asked = []
        self.arrived = threading.Semaphore(0)
        #: Lets whoever waits at `/v1/slow` and `/v1/events` go on.
        self.go_on = threading.Semaphore(0)
        #: A connection ended while its answer was not whole, or while it was a tunnel.
        self.left = threading.Semaphore(0)
        vendor = self

        class Handler(socketserver.StreamRequestHandler):
            disable_nagle_algorithm = True

            def handle(self):
                try:
                    while vendor.serve(self.connection, self.rfile):
                        pass
                except OSError:
                    pass

        super().__init__(Handler)

    def serve(self, connection, reader):
        line = reader.readline(65536)
        if not line:
            return False
        method, path, _ = line.decode().split(" ")
        fields = read_fields(reader)
        content, trailers = read_content(reader, fields)
        self.asked.append((method, path, fields, content, trailers))
        self.arrived.release()
        kind = path.split("?")[0].rsplit("/", 1)[1]
        return getattr(self, kind, self.plain)(connection, reader, method, fields, content, trailers)

    def plain(self, connection, _reader, method, _fields, content, _trailers):
        text = f"{self.name} {method} {len(content)}".encode()
        connection.sendall(head(200, f"Content-Type: text/plain\r\nContent-Length: {len(text)}") + text)
        return True

    def head(self, connection, _reader, method, _fields, _content, _trailers):
        connection.sendall(head(200, 'Content-Type: text/plain\r\nContent-Length: 12345\r\nETag: "a"'))
        if method != "HEAD":
            connection.sendall(bytes(12345))
        return True

    def trailers(self, connection, _reader, _method, _fields, content, trailers):
        said = trailers.get("x-digest", "none")
        connection.sendall(
            head(200, "Content-Type: text/plain\r\nTransfer-Encoding: chunked\r\nTrailer: X-Digest")
            + f"{len(content):x}\r\n".encode() + content + b"\r\n"
            + f"0\r\nX-Digest: answer to {said}\r\n\r\n".encode())
        return True

    def events(self, connection, reader, *_):
        connection.sendall(head(200, "Content-Type: text/event-stream\r\nTransfer-Encoding: chunked"))
        for number in range(3):
            if number and not self.wait(connection):
                return False
            connection.sendall(chunk(f"data: {number}\n\n".encode()))
        connection.sendall(chunk(b""))
        return True

    def slow(self, connection, _reader, *_):
        if not self.wait(connection):
            return False
        text = f"{self.name} late".encode()
        connection.sendall(head(200, f"Content-Type: text/plain\r\nContent-Length: {len(text)}") + text)
        return True

    def socket(self, connection, reader, _method, fields, *_):
        """RFC 6455's handshake; then every byte comes back doubled, until `bye`, which closes from here."""
        key = fields.get("sec-websocket-key", "") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        accept = base64.b64encode(hashlib.sha1(key.encode()).digest()).decode()
        connection.sendall(
            f"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Accept: {accept}\r\n\r\n".encode())
        while piece := reader.read1(65536):
            if piece == b"bye":
                return False
            connection.sendall(piece * 2)
        self.left.release()
        return False

    def wait(self, connection):
        """Until the test lets it go on; false where the other side left before."""
        connection.settimeout(0.02)
        try:
            while not self.go_on.acquire(blocking=False):
                try:
                    if not connection.recv(1):
                        self.left.release()
                        return False
                except TimeoutError:
                    pass
                except OSError:
                    self.left.release()
                    return False
        finally:
            connection.settimeout(None)
        return True


def head(status, fields):
    return f"HTTP/1.1 {status} OK\r\n{fields}\r\n\r\n".encode()


def chunk(data):
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


def read_fields(reader):
    fields = {}
    while (line := reader.readline(65536)).strip():
        name, _, value = line.decode().partition(":")
        fields[name.lower()] = value.strip()
    return fields


def read_content(reader, fields):
    """Content and trailers."""
    if fields.get("transfer-encoding", "").lower() != "chunked":
        return reader.read(int(fields.get("content-length", 0))), {}
    content = b""
    while size := int(reader.readline(65536).split(b";")[0], 16):
        content += reader.read(size)
        reader.readline()
    return content, read_fields(reader)
