"""The HTTP API against its own description: schemathesis asks the real program what /openapi.json says can be asked.

    .build-test/venv/bin/python Tests/API/run.py --footing .build/debug/footing [--seconds 40] [--seed 7]

Checked: no 5xx, answers keep their schemas and media types, what the schemas refuse is refused, what they allow is
taken, wrong methods get 405 with Allow, no route works without its token. The Python that runs this needs what is in
requirements.txt.
"""

import http.server
import json
import os
import pathlib
import re
import subprocess
import sys
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Hostile"))
import harness  # noqa: E402
from harness import project  # noqa: E402

PROVIDER = """provider: rents
title: Rents
environments:
  sandbox: { url: "http://127.0.0.1:@PORT@" }
auth: none
operations:
  get: { method: GET, path: "/v1/rents/{area}", risk: read }
  watch: { method: POST, path: "/v1/watches", risk: write }
"""

RECIPE = """recipe: echo
title: Echo
input: {}
steps:
  - name: said
    transform: "{said: .input}"
  - name: table
    table: { file: said.csv, rows: "${ [{a: 1}] }", columns: { a: A } }
"""

# It never ends by itself.
LEFT_OUT = ["/v1/live"]


class Vendor(http.server.BaseHTTPRequestHandler):
    """Answers everything in the same way."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        content = b'{"watching": true}'
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST

    def log_message(self, *arguments):
        pass


def config(folder, id, name):
    """Ids that exist, so that more than the 404 is tried."""
    path = folder / "schemathesis.toml"
    path.write_text("\n".join([
        "[[operations]]",
        'include-path-regex = "^/v1/tasks/\\\\{id\\\\}"',
        f'parameters = {{ "path.id" = ["{id}", "tk_unknown"], "path.name" = ["{name}", "none.csv"] }}',
        "[[operations]]",
        'include-path = "/v1/calls/{id}"',
        'parameters = { "path.id" = ["rents.watch", "rents.nothing", "nobody"] }',
        "[[operations]]",
        'include-path-regex = "^/v1/(providers|cache)/"',
        'parameters = { "path.name" = ["rents", "nobody"], "path.provider" = ["rents", "nobody"] }',
        "",
    ]))
    return path


def main():
    options = harness.arguments(
        __doc__, seconds=dict(type=int, default=40, help="how long at most"),
        seed=dict(type=int, default=7, help="of the made requests"), shown=dict(action="store_true", help="all it says"))
    program = pathlib.Path(sys.executable).parent / "schemathesis"
    report = harness.Report("API")
    if not program.exists():
        report.note("schemathesis is not installed: not tried")
        report.check(True, "nothing to try with")
        return report.end()
    with harness.scratch() as folder:
        made = project.Project(folder / "project", options.footing.resolve())
        vendor = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Vendor)
        threading.Thread(target=vendor.serve_forever, daemon=True).start()
        made.provider("rents", PROVIDER.replace("@PORT@", str(vendor.server_port)))
        made.file("recipes/echo.yaml", RECIPE)
        made.lift_limits()
        made.save()
        token = made.token("admin")
        with harness.serving(made) as (server, port):
            status, _, body = project.ask(
                port, "POST", "/v1/tasks", token, json.dumps({"recipe": "echo", "input": {}}).encode(),
                {"Content-Type": "application/json"})
            report.check(status == 202, f"a task to ask about: {status} {body[:200]}")
            id = json.loads(body)["id"]
            project.ask(port, "GET", f"/v1/tasks/{id}/events", token)
            command = [
                str(program), "--config-file", str(config(folder, id, "said.csv")), "run",
                f"http://127.0.0.1:{port}/openapi.json", "--checks", "all", "--phases", "examples,coverage,fuzzing",
                "--max-time", str(options.seconds), "--max-examples", "20", "--seed", str(options.seed),
                "--header", f"Authorization: Bearer {token}", "--request-timeout", "10", "--no-color",
                "--suppress-health-check", "all", "--warnings", "off", "--continue-on-failure",
                # What one request removes, another may still be served from an answer that is under way.
                "--exclude-checks", "use_after_free,ensure_resource_availability,object_level_authorization",
            ]
            for path in LEFT_OUT:
                command += ["--exclude-path", path]
            done = subprocess.run(
                command, cwd=folder, capture_output=True, text=True, timeout=options.seconds + 120, check=False,
                env=dict(os.environ, SCHEMATHESIS_HOOKS=""))
            said = done.stdout + done.stderr
            if options.shown:
                print(said)
            ran = re.search(r"(\d+) (?:generated|passed|found)", said)
            report.check(ran is not None, f"schemathesis ran: {said[-1500:]}")
            report.check(done.returncode == 0, f"the API is as it is described: {shortened(said)}")
            status, _, _ = project.ask(port, "GET", "/readyz")
            report.check(status == 200, f"the server is well afterwards: {status}")
    return report.end()


def shortened(said):
    """The failures, without the rest, in one line."""
    start = said.find("FAILURES")
    return " | ".join(line.strip() for line in said[max(start, 0):].splitlines() if line.strip())[:4000]


if __name__ == "__main__":
    sys.exit(main())
