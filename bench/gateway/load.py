"""What is done to a gateway: requests as fast as it takes them, many idle callers, large bodies; and what it costs."""

import json
import os
import pathlib
import resource
import socket
import subprocess
import threading

LOAD_CPU = "1"
GIGABYTE = 1 << 30


class Failed(Exception):
    """The load could not be carried; the text says what happened."""


def wrk(target, seconds, connections, tokens=()):
    """Figures of one run of wrk, one thread, pinned beside the upstream."""
    env = dict(os.environ, TOKENS="\n".join(tokens), METHOD=target.method)
    env.pop("BODY", None)
    if target.body:
        env["BODY"] = target.body
    command = [
        "taskset", "-c", LOAD_CPU, "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "-s",
        str(pathlib.Path(__file__).with_name("load.lua")), f"http://127.0.0.1:{target.port}{target.path}"]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=seconds + 60, check=False)
    for line in done.stdout.splitlines():
        if line.startswith("FIGURES "):
            return json.loads(line[8:])
    raise Failed(f"wrk gave no figures: {done.stdout[-300:]}{done.stderr[-300:]}")


def cpu_seconds(pids):
    """Time on the processor that these processes and the children they waited for have had, user and system."""
    ticks = os.sysconf("SC_CLK_TCK")
    total = 0
    for pid in pids:
        try:
            with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
                fields = file.read().rsplit(")", 1)[1].split()
        except OSError:
            continue
        total += sum(int(field) for field in fields[11:15])
    return total / ticks


def peak_mb(pids):
    """The largest resident memory since `forget_peak`, all processes together, MB."""
    total = 0
    for pid in pids:
        try:
            with open(f"/proc/{pid}/status", encoding="utf-8") as file:
                total += next((int(line.split()[1]) for line in file if line.startswith("VmHWM:")), 0)
        except OSError:
            continue
    return total * 1024 / 1_000_000


def forget_peak(pids):
    for pid in pids:
        try:
            with open(f"/proc/{pid}/clear_refs", "w", encoding="utf-8") as file:
                file.write("5")
        except OSError:
            pass


def allow_many_files():
    """Raises the limit of open files as far as it may go; children inherit it."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


class Callers:
    """Connections that have each been answered once and stay open."""

    def __init__(self, target, count, tokens):
        self.requests = [head(target, token) for token in tokens or [None]]
        self.sockets = []
        try:
            for number in range(count):
                connection = socket.create_connection(("127.0.0.1", target.port), timeout=20)
                self.sockets.append(connection)
                self._ask(connection, number)
        except OSError as why:
            opened = len(self.sockets)
            self.close()
            raise Failed(f"caller {opened} of {count}: {why}") from why
        except Failed:
            self.close()
            raise

    def _ask(self, connection, number):
        connection.sendall(self.requests[number % len(self.requests)])
        status, _ = read_answer(connection)
        if status != 200:
            raise Failed(f"caller {len(self.sockets)} was answered {status}")

    def ask_again(self, count):
        """Whether that many of them, spread evenly, are still served on their old connection."""
        for number, connection in enumerate(self.sockets[::max(1, len(self.sockets) // count)]):
            self._ask(connection, number)

    def close(self):
        for connection in self.sockets:
            connection.close()


def head(target, token=None, method=None, fields=""):
    credential = f"Authorization: Bearer {token}\r\n" if token else ""
    body = target.body or ""
    if body:
        fields += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    return (
        f"{method or target.method} {target.path} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        f"{credential}{fields}\r\n{body}").encode()


def read_answer(connection):
    """Status and body length of one answer; the body is thrown away as it comes."""
    with connection.makefile("rb", buffering=1 << 16) as stream:
        line, fields = read_head(stream)
        return int(line.split(" ")[1]), skip_body(stream, fields)


def read_head(stream):
    line = stream.readline(65536).decode("latin-1").strip()
    fields = {}
    while text := stream.readline(65536).decode("latin-1").strip():
        name, _, value = text.partition(":")
        fields[name.lower()] = value.strip()
    if not line:
        raise Failed("the connection was closed before a head had come")
    return line, fields


def skip_body(stream, fields):
    if fields.get("transfer-encoding", "").lower() != "chunked":
        return skip(stream, int(fields.get("content-length", "0")))
    total = 0
    while size := int(stream.readline(1024).split(b";")[0] or b"0", 16):
        total += skip(stream, size)
        stream.readline(3)
    stream.readline(3)
    return total


def skip(stream, size):
    """Reads so many bytes, or as many as come; says how many came."""
    got, buffer = 0, memoryview(bytearray(1 << 20))
    while got < size and (read := stream.readinto(buffer[:size - got])):
        got += read
    return got


class Sink:
    """An upstream that reads a whole body, throws it away and says how long it was."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection):
        with connection, connection.makefile("rb", buffering=1 << 16) as stream:
            try:
                _, fields = read_head(stream)
                text = f'{{"received": {skip_body(stream, fields)}}}'
            except (Failed, ValueError, OSError):
                return
            connection.sendall((
                f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(text)}\r\n"
                f"Connection: close\r\n\r\n{text}").encode())

    def close(self):
        self.listener.close()


def download(target, token, size):
    """Fetches a body of that size through the gateway."""
    with socket.create_connection(("127.0.0.1", target.port), timeout=60) as connection:
        connection.sendall(head(target, token))
        status, got = read_answer(connection)
    if status != 200 or got != size:
        raise Failed(f"answered {status} with {got} of {size} bytes")


def upload(target, token, size):
    """Sends a body of that size through the gateway."""
    piece = memoryview(bytes(1 << 20))
    fields = f"Content-Type: application/octet-stream\r\nContent-Length: {size}\r\n"
    with socket.create_connection(("127.0.0.1", target.port), timeout=60) as connection:
        connection.sendall(head(target, token, "POST", fields))
        left = size
        try:
            while left:
                left -= connection.send(piece[:left])
        except OSError:
            # Refused while it was being sent: the answer says why, if there is one.
            pass
        try:
            status, _ = read_answer(connection)
        except OSError as why:
            raise Failed(f"no answer after {size - left} bytes: {why}") from why
    if status != 200 or left:
        raise Failed(f"answered {status} after {size - left} of {size} bytes")
