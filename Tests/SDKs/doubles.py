"""Stand-ins for vendors: they accept one key only, answer in the vendor's shape, and write down what came.

Only the standard library.
"""

import hashlib
import hmac
import http.client
import json
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler

from loopback import Loopback


class Double(Loopback):
    """A vendor on loopback. Subclasses answer; `seen` holds method, path, fields and body of each request."""

    def __init__(self, key):
        self.key = key
        self.seen = []
        self.lock = threading.Lock()
        double = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def handle_one_request(self):
                try:
                    super().handle_one_request()
                except ConnectionError:
                    self.close_connection = True

            def any(self):
                body = read_body(self)
                fields = {name.lower(): value for name, value in self.headers.items()}
                with double.lock:
                    double.seen.append((self.command, self.path, fields, body))
                double.answer(self, fields, body)

            do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_PATCH = any

            def log_message(self, *_):
                pass

        super().__init__(Handler)

    def answer(self, handler, fields, body):
        raise NotImplementedError

    def count(self, method, path):
        with self.lock:
            return sum(1 for seen in self.seen if seen[0] == method and seen[1].split("?")[0] == path)


def read_body(handler):
    if handler.headers.get("Transfer-Encoding", "").lower() == "chunked":
        body = b""
        while size := int(handler.rfile.readline().split(b";")[0], 16):
            body += handler.rfile.read(size)
            handler.rfile.readline()
        while handler.rfile.readline().strip():
            pass
        return body
    return handler.rfile.read(int(handler.headers.get("Content-Length") or 0))


def send_json(handler, status, value, **fields):
    send(handler, status, json.dumps(value).encode(), "application/json", **fields)


def send(handler, status, data, kind, **fields):
    handler.send_response(status)
    handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", str(len(data)))
    for name, value in fields.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    if handler.command != "HEAD":
        handler.wfile.write(data)


class OpenAI(Double):
    """Chat completions, streamed and not; models, embeddings, files."""

    WORDS = ["Rents", " in", " Mitte", " are", " high", "."]

    def __init__(self, key):
        super().__init__(key)
        #: Set by the caller when the first piece of a stream has reached it; only then the second is sent.
        self.first_piece_arrived = threading.Event()
        self.was_held = False
        self.left = threading.Event()
        self.busy = 0
        self.upload = b""

    def answer(self, handler, fields, body):
        if fields.get("authorization") != f"Bearer {self.key}":
            error = {
                "message": "Incorrect API key provided",
                "type": "invalid_request_error",
                "code": "invalid_api_key",
            }
            return send_json(handler, 401, {"error": error})
        path = handler.path.split("?")[0]
        if path == "/v1/chat/completions":
            return self.chat(handler, json.loads(body))
        if path == "/v1/models":
            return send_json(
                handler,
                200,
                {"object": "list", "data": [{"id": "small", "object": "model", "created": 1, "owned_by": "us"}]},
            )
        if path == "/v1/embeddings":
            return send_json(
                handler,
                200,
                {
                    "object": "list",
                    "model": "small",
                    "data": [{"object": "embedding", "index": 0, "embedding": [0.25, -0.5]}],
                    "usage": {"prompt_tokens": 2, "total_tokens": 2},
                },
            )
        if path == "/v1/files":
            self.upload = body
            return send_json(
                handler,
                200,
                {
                    "id": "file-1",
                    "object": "file",
                    "bytes": len(body),
                    "created_at": 1,
                    "filename": "rents.jsonl",
                    "purpose": "batch",
                    "status": "processed",
                },
            )
        if path == "/v1/files/file-1/content":
            return send(handler, 200, bytes(range(256)) * 4096, "application/octet-stream")
        return send_json(handler, 404, {"error": {"message": "no such thing", "type": "invalid_request_error"}})

    def chat(self, handler, asked):
        if asked["model"] == "missing":
            error = {"message": "The model does not exist", "type": "invalid_request_error", "code": "model_not_found"}
            return send_json(handler, 404, {"error": error})
        if asked["model"] == "busy":
            self.busy += 1
            if self.busy == 1:
                return send_json(handler, 429, {"error": {"message": "Slow down", "type": "requests"}}, Retry_After="0")
        if asked.get("stream"):
            return self.stream(handler, endless=asked["model"] == "endless")
        return send_json(
            handler,
            200,
            {
                "id": "chatcmpl-1",
                "object": "chat.completion",
                "created": 1,
                "model": asked["model"],
                "choices": [
                    {
                        "index": 0,
                        "finish_reason": "stop",
                        "message": {"role": "assistant", "content": "".join(self.WORDS)},
                    }
                ],
                "usage": {"prompt_tokens": 5, "completion_tokens": 6, "total_tokens": 11},
            },
        )

    def stream(self, handler, endless):
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream")
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        number = 0
        while endless or number < len(self.WORDS):
            word = self.WORDS[number % len(self.WORDS)]
            number += 1
            piece = {
                "id": "chatcmpl-1",
                "object": "chat.completion.chunk",
                "created": 1,
                "model": "small",
                "choices": [{"index": 0, "delta": {"content": word}, "finish_reason": None}],
            }
            try:
                self.chunk(handler, f"data: {json.dumps(piece)}\n\n".encode())
            except OSError:
                self.left.set()
                handler.close_connection = True
                return
            if number == 1 and not self.first_piece_arrived.wait(10):
                self.was_held = True
        self.chunk(handler, b"data: [DONE]\n\n")
        handler.wfile.write(b"0\r\n\r\n")

    @staticmethod
    def chunk(handler, data):
        handler.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        handler.wfile.flush()


class Stripe(Double):
    """Customers and payment intents; one effect per idempotency key."""

    def __init__(self, key):
        super().__init__(key)
        self.effects = {}
        self.drop_next = False

    def answer(self, handler, fields, body):
        if fields.get("authorization") != f"Bearer {self.key}":
            return send_json(handler, 401, {"error": {"type": "invalid_request_error", "message": "Invalid API Key"}})
        path = handler.path.split("?")[0]
        form = dict(urllib.parse.parse_qsl(body.decode()))
        if path == "/v1/customers" and handler.command == "GET":
            query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(handler.path).query))
            first = int(query.get("starting_after", "cus_0")[4:]) + 1
            page = [{"id": f"cus_{number}", "object": "customer"} for number in range(first, min(first + 10, 26))]
            return send_json(
                handler, 200, {"object": "list", "data": page, "has_more": first + 10 < 26, "url": "/v1/customers"}
            )
        if path == "/v1/customers":
            return send_json(
                handler,
                200,
                {
                    "id": "cus_1",
                    "object": "customer",
                    "email": form.get("email"),
                    "metadata": {"plan": form.get("metadata[plan]")},
                },
            )
        if path == "/v1/payment_intents":
            return self.pay(handler, fields, form)
        return send_json(handler, 404, {"error": {"type": "invalid_request_error", "message": "No such thing"}})

    def pay(self, handler, fields, form):
        if form.get("payment_method") == "pm_declined":
            error = {"type": "card_error", "code": "card_declined", "message": "Your card was declined."}
            return send_json(handler, 402, {"error": error})
        key = fields.get("idempotency-key", "")
        with self.lock:
            known = self.effects.setdefault(key, [])
            if not known:
                known.append(f"pi_{len(self.effects)}")
            drop, self.drop_next = self.drop_next, False
        if drop:
            # The payment was made; only the answer is lost.
            handler.connection.close()
            handler.close_connection = True
            return None
        return send_json(
            handler,
            200,
            {
                "id": known[0],
                "object": "payment_intent",
                "amount": int(form["amount"]),
                "currency": form["currency"],
                "status": "succeeded",
            },
        )


class SignedStorage(Double):
    """Checks the AWS signature (version 4) of each request by its own reckoning, then passes it on to a real server."""

    def __init__(self, access_key, secret_key, region, service, port):
        super().__init__(secret_key)
        self.access_key, self.region, self.service, self.upstream = access_key, region, service, port
        self.refusals = []

    def answer(self, handler, fields, body):
        wrong = self.wrong(handler, fields, body)
        if wrong:
            self.refusals.append(f"{handler.command} {handler.path}: {wrong}")
            text = f"<Error><Code>SignatureDoesNotMatch</Code><Message>{wrong}</Message></Error>"
            return send(handler, 403, text.encode(), "application/xml")
        connection = http.client.HTTPConnection("127.0.0.1", self.upstream, timeout=30)
        try:
            # The server behind looks at names only; its own host must stand there.
            passed = {
                name: value
                for name, value in handler.headers.items()
                if name.lower() not in ("host", "connection", "transfer-encoding")
            }
            connection.request(handler.command, handler.path, body=body or None, headers=passed)
            answer = connection.getresponse()
            data = answer.read()
            handler.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in ("content-length", "transfer-encoding", "connection", "date", "server"):
                    handler.send_header(name, value)
            length = answer.getheader("Content-Length", "0") if handler.command == "HEAD" else str(len(data))
            if answer.status != 204:
                handler.send_header("Content-Length", length)
            handler.end_headers()
            handler.wfile.write(data)
        finally:
            connection.close()
        return None

    def wrong(self, handler, fields, body):
        """What is wrong with the signature, or nothing."""
        kind, _, rest = fields.get("authorization", "").partition(" ")
        parts = dict(part.strip().split("=", 1) for part in rest.split(",") if "=" in part)
        if kind != "AWS4-HMAC-SHA256" or set(parts) != {"Credential", "SignedHeaders", "Signature"}:
            return f"no signature: {kind}"
        day = fields.get("x-amz-date", "")[:8]
        scope = f"{day}/{self.region}/{self.service}/aws4_request"
        if parts["Credential"] != f"{self.access_key}/{scope}":
            return "the credential is not the vendor's"
        stated = fields.get("x-amz-content-sha256", "")
        if stated != "UNSIGNED-PAYLOAD" and stated != hashlib.sha256(body).hexdigest():
            return f"x-amz-content-sha256 is {stated[:40]}, not the body's"
        signed = parts["SignedHeaders"].split(";")
        if "host" not in signed or any(name.startswith("x-amz-") and name not in signed for name in fields):
            return f"fields are not signed: {sorted(set(fields) - set(signed))}"
        path, _, query = handler.path.partition("?")
        pairs = sorted(
            (quoted(name), quoted(value)) for name, value in urllib.parse.parse_qsl(query, keep_blank_values=True)
        )
        canonical = "\n".join(
            [
                handler.command,
                quoted(urllib.parse.unquote(path), "/"),
                "&".join(f"{name}={value}" for name, value in pairs),
                "".join(f"{name}:{' '.join(fields.get(name, '').split())}\n" for name in signed),
                parts["SignedHeaders"],
                stated,
            ]
        )
        text = "\n".join(
            ["AWS4-HMAC-SHA256", fields["x-amz-date"], scope, hashlib.sha256(canonical.encode()).hexdigest()]
        )
        key = f"AWS4{self.key}".encode()
        for part in (day, self.region, self.service, "aws4_request", text):
            key = hmac.new(key, part.encode(), hashlib.sha256).digest()
        return None if hmac.compare_digest(key.hex(), parts["Signature"]) else "the signature is wrong"


def quoted(text, safe=""):
    return urllib.parse.quote(text, safe="-_.~" + safe)
