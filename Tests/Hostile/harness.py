"""What the hostile tests share: the way to the helpers of bench/, a scratch project, resources of a process, a report.

Only the standard library, so that the tests run wherever Python 3.9 does. None of them sleeps for a fixed time where
an event can be waited for.
"""

import argparse
import contextlib
import os
import pathlib
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "bench"))
import common  # noqa: E402, F401
import project  # noqa: E402, F401


def arguments(description, **options):
    """The parser of a test: where the program is, and what the test adds."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--footing", required=True, type=pathlib.Path, help="the program, as it was built")
    for name, settings in options.items():
        parser.add_argument("--" + name.replace("_", "-"), **settings)
    return parser.parse_args()


@contextlib.contextmanager
def scratch():
    with tempfile.TemporaryDirectory(prefix="footing-hostile-") as folder:
        yield pathlib.Path(folder)


@contextlib.contextmanager
def serving(made, *extra):
    """Runs the server of a project; gives its process and port."""
    port = common.free_port()
    log = made.folder / "server.log"
    with open(log, "ab") as file:
        server = made.serve(port, "--log-level", "warning", *extra, log=file)
    try:
        server.first_answer(port, "/readyz", 30)
        yield server, port
    except BaseException:
        sys.stderr.write(log.read_text(errors="replace")[-3000:])
        raise
    finally:
        server.stop()


def descriptors(pid):
    """Open files of a process, or None where that cannot be seen."""
    try:
        return len(os.listdir(f"/proc/{pid}/fd"))
    except OSError:
        return None


def was_starved(pid):
    """Whether the process has waited longer for a processor than it had one, since it started: Linux counts both."""
    ran = waited = 0
    try:
        for thread in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{thread}/schedstat", encoding="utf-8") as file:
                fields = file.read().split()
            ran += int(fields[0])
            waited += int(fields[1])
    except (OSError, ValueError, IndexError):
        return False
    return waited > ran


class Report:
    """Counts what held and prints what did not; the last line is for whoever runs the test."""

    def __init__(self, what):
        self.what = what
        self.held = 0
        self.broken = []

    def check(self, holds, text):
        if holds:
            self.held += 1
        else:
            self.broken.append(text)
            print(f"BROKEN: {text}", flush=True)
        return holds

    def note(self, text):
        print(f"note: {text}", flush=True)

    def end(self):
        state = "all hold" if not self.broken else f"{len(self.broken)} do not hold"
        print(f"{self.what}: {self.held + len(self.broken)} checks, {state}", flush=True)
        return 0 if not self.broken else 1
