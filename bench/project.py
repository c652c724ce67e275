"""A project of Footing in a folder of its own, and the server that runs it: for benchmarks and tests.

Only the standard library.
"""

import functools
import http.client
import json
import os
import pathlib
import re
import subprocess
import tempfile
import time

import common


class Refused(Exception):
    """The program did not do what was asked; the text is what it said."""


class Project:
    """`footing/` with the files given, secrets set, and tokens to call with."""

    def __init__(self, folder, binary):
        self.folder = pathlib.Path(folder)
        self.binary = str(pathlib.Path(binary).resolve())
        self.settings = {"project": "yardstick", "environment": "sandbox", "listen": "127.0.0.1:8787"}
        self.secrets = {}
        (self.folder / "footing" / "providers").mkdir(parents=True)

    def secret(self, name, value):
        """Declares a secret; its value is stored by `save`."""
        self.secrets[name] = value

    def provider(self, name, text):
        (self.folder / "footing" / "providers" / f"{name}.yaml").write_text(text)

    def file(self, name, text):
        path = self.folder / "footing" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def set_if_known(self, **settings):
        """Sets lines of footing.yaml where this program knows them; gives the names of those it does not know."""
        unknown = []
        for key, value in settings.items():
            with tempfile.TemporaryDirectory() as scratch:
                if is_accepted(self.binary, scratch, **{key: value}):
                    self.settings[key] = value
                else:
                    unknown.append(key)
        return unknown

    def lift_limits(self):
        """Lets one caller do as much as it likes, where that can be said."""
        return self.set_if_known(callers="{ token: none, tenant: none, address: none }")

    def save(self):
        """Writes `footing.yaml`, checks the inventory and stores the secrets."""
        self._write_settings()
        for name, value in self.secrets.items():
            self.run("secret", "set", name, given=value)
        # Warnings are fine here, errors are not: they end with code 3.
        self.run("check", accepted=(0, 1))

    def _write_settings(self):
        lines = [f"{key}: {value}" for key, value in self.settings.items()]
        lines.append("secrets:" if self.secrets else "secrets: {}")
        lines += [f"  {name}: {{}}" for name in self.secrets]
        self.file("footing.yaml", "\n".join(lines) + "\n")

    def token(self, *scopes, name="yardstick"):
        allowed = [part for scope in scopes for part in ("--scope", scope)]
        said = self.run("token", "new", "--name", name, "--json", *allowed)
        found = re.search(r"ft_[A-Za-z0-9_-]{20,}", said)
        if not found:
            raise Refused(f"no token in: {said}")
        return found.group()

    def run(self, *arguments, given="", accepted=(0,)):
        """One command of the program on this project; what it printed."""
        done = subprocess.run(
            [self.binary, *arguments, "--project", str(self.folder)], input=given, capture_output=True, text=True,
            timeout=120, check=False, env=dict(os.environ, NO_COLOR="1"))
        if done.returncode not in accepted:
            raise Refused(f"footing {arguments[0]} ended with {done.returncode}: {done.stdout}{done.stderr}")
        return done.stdout

    def serve(self, port, *arguments, prefix=(), log=None):
        """The command line that serves this project."""
        command = [*prefix, self.binary, "serve", "--quiet", "--project", str(self.folder)]
        return common.Server([*command, "--listen", f"127.0.0.1:{port}", *arguments], cwd=self.folder, log=log)


@functools.lru_cache(maxsize=None)
def has_option(binary, command, option):
    """Whether that command of the program knows that option."""
    return option in (common.output([str(binary), command, "--help"]) or "")


def is_accepted(binary, folder, **settings):
    """Whether the program reads these lines of footing.yaml without an error."""
    project = Project(folder, binary)
    project.settings.update(settings)
    project.provider("any", (
        "provider: any\ntitle: Any\nenvironments:\n  sandbox: { url: \"http://127.0.0.1:9\" }\nauth: none\n"
        "operations:\n  get: { method: GET, path: /, risk: read }\n"))
    try:
        project.save()
        return True
    except Refused:
        return False


def ask(port, method, path, token=None, body=None, headers=None, timeout=30.0):
    """One request on a connection of its own: status, fields (lower case), body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        fields = dict(headers or {})
        if token:
            fields["Authorization"] = f"Bearer {token}"
        if isinstance(body, (dict, list)):
            body = json.dumps(body)
            fields.setdefault("Content-Type", "application/json")
        connection.request(method, path, body=body, headers=fields)
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def wait_until(what, question, seconds=30.0):
    """Asks until the answer is not false; processes outside have no clock that could be moved."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := question():
            return answer
        time.sleep(0.02)
    raise RuntimeError(f"never happened: {what}")
