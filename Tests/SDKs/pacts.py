"""Footing's Pact beside the reference implementation: pact-python, which calls the one the Pact foundation keeps.

Each acts as the provider for the other's verifier, both mocks are asked the same, and both verifiers judge the same
answers. Where one says yes and the other no, the case is named.
"""

import contextlib
import http.client
import http.server
import json
import os
import subprocess
import threading

# What a consumer may ask, right and wrong: method, target, fields, content.
JSON = {"Content-Type": "application/json"}
WATCH = {"area": "mitte", "max": 900, "tags": ["new"], "note": "x"}


def changed(value, **members):
    return {**value, **members}


def without(value, name):
    return {key: member for key, member in value.items() if key != name}


REQUESTS = [
    ("GET", "/v1/rents/12?unit=m2", {"Accept": "application/json"}, None),
    ("GET", "/v1/rents/9876?unit=ft2", {"Accept": "application/json"}, None),
    ("GET", "/v1/rents/mitte?unit=m2", {"Accept": "application/json"}, None),
    ("GET", "/v1/rents/12", {"Accept": "application/json"}, None),
    ("GET", "/v1/rents/12?unit=km", {"Accept": "application/json"}, None),
    ("GET", "/v1/rents/12?unit=m2&more=1", {"Accept": "application/json"}, None),
    ("GET", "/v1/rents/12?unit=m2", {}, None),
    ("GET", "/v1/rents/12?unit=m2", {"Accept": "text/html"}, None),
    ("PUT", "/v1/rents/12?unit=m2", {"Accept": "application/json"}, None),
    ("POST", "/v1/watches", JSON, WATCH),
    ("POST", "/v1/watches", {"Content-Type": "application/json; charset=utf-8"}, WATCH),
    ("POST", "/v1/watches", {"Content-Type": "text/plain"}, WATCH),
    ("POST", "/v1/watches", JSON, changed(WATCH, area="wedding", max=1)),
    ("POST", "/v1/watches", JSON, changed(WATCH, max=1.5)),
    ("POST", "/v1/watches", JSON, changed(WATCH, max="900")),
    ("POST", "/v1/watches", JSON, changed(WATCH, tags=[])),
    ("POST", "/v1/watches", JSON, changed(WATCH, tags=["a", "b", "c"])),
    ("POST", "/v1/watches", JSON, changed(WATCH, tags=["a", 1])),
    ("POST", "/v1/watches", JSON, changed(WATCH, note="y")),
    ("POST", "/v1/watches", JSON, changed(WATCH, more=1)),
    ("POST", "/v1/watches", JSON, without(WATCH, "note")),
    ("POST", "/v1/watches", JSON, [WATCH]),
    ("POST", "/v1/watches", JSON, None),
    ("POST", "/v1/plain", JSON, {"a": [1, 2], "b": None}),
    ("POST", "/v1/plain", JSON, {"b": None, "a": [1, 2]}),
    ("POST", "/v1/plain", JSON, {"a": [2, 1], "b": None}),
    ("POST", "/v1/plain", JSON, {"a": [1, 2]}),
    ("POST", "/v1/plain", JSON, {"a": [1, 2], "b": None, "c": 0}),
    ("POST", "/v1/plain", JSON, {"a": [1, 2, 3], "b": None}),
]

# What a provider may answer to the request for a rent.
RENT = {
    "id": 12, "rent": 12.5, "name": "Mitte", "code": "B-10", "on": "2026-01-31", "open": True, "none": None,
    "areas": [{"id": 1, "name": "x"}], "by": {"flat": 1}, "words": "some words", "fixed": "as it is",
}
ANSWERS = [RENT] + [
    changed(RENT, **members)
    for members in [
        {"id": 13}, {"id": 12.5}, {"id": "12"}, {"id": None}, {"rent": 1.25}, {"rent": 12}, {"rent": "12.5"},
        {"name": ""}, {"name": 1}, {"name": None}, {"code": "C-99"}, {"code": "b-10"}, {"code": "B-100"}, {"code": ""},
        {"on": "2025-12-01"}, {"on": "2025-13-01"}, {"on": "31.01.2026"}, {"open": False}, {"open": "true"}, {"none": 0},
        {"areas": []}, {"areas": [{"id": 1, "name": "x"}] * 3}, {"areas": [{"id": 1, "name": "x"}, {"id": 2}]},
        {"areas": [{"id": "1", "name": "x"}]}, {"areas": {"id": 1}}, {"areas": [{"id": 1, "name": "x", "more": 1}]},
        {"by": {"house": 2, "flat": 3}}, {"by": {"flat": "1"}}, {"words": "words"}, {"words": "other"}, {"fixed": "else"},
        {"more": [1, 2]},
    ]
] + [without(RENT, name) for name in RENT] + [[RENT], "text", None]


def written(pact, version):
    """The pact, as the reference writes it."""
    from pact import match

    made = pact.Pact("shop", f"rents{version[1]}").with_specification(version)
    (
        made.upon_receiving("one rent")
        .with_request("GET", match.regex("/v1/rents/12", regex=r"^/v1/rents/\d+$"))
        .with_query_parameter("unit", match.regex("m2", regex="m2|ft2"))
        .with_header("Accept", "application/json")
        .will_respond_with(200)
        .with_header("Content-Type", "application/json")
        .with_body(
            {
                "id": match.int(12), "rent": match.float(12.5), "name": match.str("Mitte"),
                "code": match.regex("B-10", regex=r"[A-Z]-\d\d"), "on": match.date("2026-01-31", "%Y-%m-%d"),
                "open": match.bool(True), "none": None,
                "areas": match.each_like({"id": match.int(1), "name": match.like("x")}, min=1),
                "by": match.each_value_matches({"flat": 1}, rules=match.int(1)),
                "words": match.includes("words") if version == "V4" else match.like("some words"),
                "fixed": "as it is",
            }
        )
    )
    (
        made.upon_receiving("a new watch")
        .with_request("POST", "/v1/watches")
        .with_header("Content-Type", "application/json")
        .with_body(
            {"area": match.like("mitte"), "max": match.int(900), "tags": match.each_like("new", min=1), "note": "x"}
        )
        .will_respond_with(201)
    )
    (
        made.upon_receiving("something plain")
        .with_request("POST", "/v1/plain")
        .with_body({"a": [1, 2], "b": None}, "application/json")
        .will_respond_with(204)
    )
    return made


def status(base, request):
    method, target, fields, content = request
    connection = http.client.HTTPConnection(base.host, base.port, timeout=30)
    try:
        body = None if content is None else json.dumps(content).encode()
        connection.request(method, target, body, fields)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


class Place:
    def __init__(self, url):
        self.host, port = str(url).split("//")[1].rstrip("/").split(":")
        self.host = "127.0.0.1" if self.host == "localhost" else self.host
        self.port = int(port)

    @property
    def url(self):
        return f"http://{self.host}:{self.port}"


@contextlib.contextmanager
def our_mock(footing, file):
    with subprocess.Popen(
        [footing, "pact", "mock", file], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            yield Place(process.stdout.readline().split()[2])
        finally:
            process.terminate()
            process.communicate(timeout=30)


@contextlib.contextmanager
def provider(answer):
    """Answers everything with one content."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            content = json.dumps(answer).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Place(f"http://127.0.0.1:{server.server_port}")
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def ours(footing, file, place):
    run = subprocess.run(
        [footing, "pact", "verify", file, "--url", place.url], capture_output=True, text=True, timeout=120, check=False
    )
    return run.returncode == 0, run.stdout + run.stderr


def theirs(pact, name, file, place):
    verifier = pact.Verifier(name, host=place.host).add_transport(url=place.url).add_source(file).set_coloured_output(enabled=False)
    try:
        verifier.verify()
    except RuntimeError:
        return False
    return True


def check(report, folder, footing):
    # The reference tells its makers about each run otherwise, and waits for them.
    os.environ["PACT_DO_NOT_TRACK"] = "true"
    import pact

    folder.mkdir(parents=True)
    for version in ["V3", "V4"]:
        made = written(pact, version)
        made.write_file(folder, overwrite=True)
        file = folder / f"shop-rents{version[1]}.json"
        name = f"rents{version[1]}"

        with made.serve(raises=False, verbose=False) as server, our_mock(footing, file) as mock:
            known = Place(server.url)
            for request in REQUESTS:
                first, second = status(known, request), status(mock, request)
                report.check(first == second, f"pact {version}: {request}: the reference {first}, Footing {second}")
            verdict, words = ours(footing, file, known)
            report.check(verdict, f"pact {version}: their mock, our verifier: {words[-500:]}")
            report.check(theirs(pact, name, file, mock), f"pact {version}: our mock, their verifier")

        alone = json.loads(file.read_text())
        alone["interactions"] = [one for one in alone["interactions"] if one["description"] == "one rent"]
        single = folder / f"one-{version}.json"
        single.write_text(json.dumps(alone))
        verdicts = set()
        for answer in ANSWERS:
            with provider(answer) as place:
                first, (second, words) = theirs(pact, name, single, place), ours(footing, single, place)
                verdicts.add(first)
                report.check(
                    first == second,
                    f"pact {version}: {json.dumps(answer)[:300]}: the reference {first}, Footing {second} {words[-300:]}",
                )
        report.check(verdicts == {True, False}, f"pact {version}: the reference says only {verdicts}")
