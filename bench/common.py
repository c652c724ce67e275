"""What all benchmarks share: the machine, processes, waiting for an answer, tables, the JSON file.

Only the standard library, so that a benchmark runs wherever Python 3.9 does.
"""

import json
import os
import platform
import shutil
import socket
import statistics
import subprocess
import sys
import time


def machine():
    """The machine's own description, for whoever compares figures."""
    return {
        "system": platform.system(),
        "release": platform.release(),
        "arch": platform.machine(),
        "cpu": cpu_name(),
        "cores": os.cpu_count(),
        "memory_mb": memory_mb(),
        "load_before": round(os.getloadavg()[0], 2),
    }


def cpu_name():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            for line in file:
                if line.startswith("model name"):
                    return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return output(["sysctl", "-n", "machdep.cpu.brand_string"]) or platform.processor() or "unknown"


def memory_mb():
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1_000_000
    except (ValueError, OSError):
        return None


def output(command):
    """What a command prints, both streams, or None where it cannot be run."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return (done.stdout + done.stderr).strip()


def say(text):
    print(text, file=sys.stderr, flush=True)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A process that was started for a measurement, with everything it starts itself."""

    def __init__(self, command, cwd=None, env=None, log=None):
        self.log = log
        self.began = time.perf_counter()
        # A session of its own, so that its children can be found and ended with it.
        self.process = subprocess.Popen(
            command,
            cwd=cwd,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=log or subprocess.DEVNULL,
            stderr=log or subprocess.DEVNULL,
            start_new_session=True,
        )

    def first_answer(self, port, path="/", seconds=60.0):
        """Milliseconds from exec to the last byte of the first answer with status 200."""
        request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode()
        end = self.began + seconds
        while time.perf_counter() < end:
            if self.process.poll() is not None:
                raise RuntimeError(f"it ended by itself with code {self.process.returncode}")
            try:
                with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
                    connection.sendall(request)
                    answer = b""
                    while chunk := connection.recv(65536):
                        answer += chunk
                if answer.split(b" ", 2)[1:2] == [b"200"]:
                    return (time.perf_counter() - self.began) * 1000
            except OSError:
                pass
            time.sleep(0.0005)
        raise RuntimeError(f"no answer within {seconds:.0f} s")

    def resident_mb(self):
        """Resident memory of the process and its descendants, in MB of 1,000,000 bytes."""
        total = sum(resident_kib(pid) for pid in self.tree())
        return total * 1024 / 1_000_000

    def tree(self):
        """The process and its descendants."""
        parents = {}
        for line in (output(["ps", "-A", "-o", "pid=,ppid="]) or "").splitlines():
            pid, parent = line.split()
            parents.setdefault(int(parent), []).append(int(pid))
        found, open_pids = [], [self.process.pid]
        while open_pids:
            pid = open_pids.pop()
            found.append(pid)
            open_pids += parents.get(pid, [])
        return found

    def stop(self):
        for pid in self.tree():
            try:
                os.kill(pid, 15)
            except ProcessLookupError:
                pass
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            for pid in self.tree():
                os.kill(pid, 9)
            self.process.wait()


def resident_kib(pid):
    try:
        with open(f"/proc/{pid}/status", encoding="utf-8") as file:
            for line in file:
                if line.startswith("VmRSS:"):
                    return int(line.split()[1])
        return 0
    except OSError:
        text = output(["ps", "-o", "rss=", "-p", str(pid)])
        return int(text) if text and text.isdigit() else 0


def find(name, *folders):
    """The path of a program, on PATH or in the folders of administrators."""
    return shutil.which(name, path=os.pathsep.join([*folders, os.environ.get("PATH", ""), "/usr/sbin", "/sbin"]))


def percentile(values, part):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * part))]


def median(values):
    return statistics.median(values)


def table(rows, columns):
    """Prints rows of a dictionary each; `columns` are pairs of key and head."""
    cells = [[head for _, head in columns]]
    for row in rows:
        cells.append([text(row.get(key)) for key, _ in columns])
    widths = [max(len(line[column]) for line in cells) for column in range(len(columns))]
    for line in cells:
        parts = [line[0].ljust(widths[0])] + [cell.rjust(width) for cell, width in zip(line[1:], widths[1:])]
        print("  ".join(parts).rstrip())


def text(value):
    if value is None:
        return "-"
    return f"{value:,.1f}" if isinstance(value, float) else str(value)


def write(path, bench, rows, ratios, missing, **more):
    """Writes the result in the shape that all benchmarks share, and what only one of them has."""
    document = {
        "bench": bench,
        "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "machine": machine(),
        "rows": rows,
        "ratios": ratios,
        "missing": missing,
        **more,
    }
    draft = f"{path}.part"
    with open(draft, "w", encoding="utf-8") as file:
        json.dump(document, file, indent=2)
        file.write("\n")
    os.replace(draft, path)
