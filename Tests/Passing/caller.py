"""A caller that speaks HTTP/1.1 by the byte, so that a test sees when what arrives. Only the standard library."""

import socket


class Caller:
    """One connection to Footing."""

    def __init__(self, port, token=None):
        self.token = token
        self.connection = socket.create_connection(("127.0.0.1", port), timeout=20)
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""

    def ask(self, method, target, *fields, content=b""):
        """Sends a head, and content where there is some."""
        lines = [f"{method} {target} HTTP/1.1", "Host: 127.0.0.1", *fields]
        if self.token:
            lines.append(f"Authorization: Bearer {self.token}")
        if content:
            lines.append(f"Content-Length: {len(content)}")
        self.send("\r\n".join([*lines, "", ""]).encode() + content)

    def send(self, data):
        self.connection.sendall(data)

    def until(self, mark):
        """Everything up to and with the mark."""
        while mark not in self.buffer:
            piece = self.connection.recv(65536)
            if not piece:
                raise ConnectionError(f"closed before {mark!r}: {self.buffer[-300:]!r}")
            self.buffer += piece
        end = self.buffer.index(mark) + len(mark)
        taken, self.buffer = self.buffer[:end], self.buffer[end:]
        return taken

    def exactly(self, count):
        while len(self.buffer) < count:
            piece = self.connection.recv(65536)
            if not piece:
                raise ConnectionError(f"closed after {len(self.buffer)} of {count} bytes")
            self.buffer += piece
        taken, self.buffer = self.buffer[:count], self.buffer[count:]
        return taken

    def head(self):
        """Status and fields of the next answer."""
        lines = self.until(b"\r\n\r\n").decode("latin-1").split("\r\n")
        fields = {}
        for line in lines[1:-2]:
            name, _, value = line.partition(":")
            fields[name.lower()] = value.strip()
        return int(lines[0].split(" ")[1]), fields

    def answer(self):
        """Status, fields and content of the next answer that has a length."""
        status, fields = self.head()
        return status, fields, self.exactly(int(fields.get("content-length", 0)))

    def is_closed(self):
        """Waits for the other side to close; whatever comes before is an answer nobody asked for."""
        try:
            piece = self.connection.recv(65536)
        except ConnectionError:
            return True
        self.buffer += piece
        return not piece

    def close(self):
        self.connection.close()
