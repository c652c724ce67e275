"""Requests that are malformed, ambiguous or unusual, as bytes; and what may become of each.

`verdict` is what Footing must do: `refuse` (nothing reaches the upstream), `pass` (exactly the requests in `meant`
reach it), `either` (refused, or exactly what is meant), `legal` (as `either`, and what others think of it does not
count: HTTP allows it). Sources: RFC 9112 sections 2 to 7 and 11, RFC 9110 sections 5 to 7, and the published literature
on request smuggling.
"""

from corpus_framing import chunks, codings, lengths
from request_parts import BASE, SMUGGLED, TOKEN, Case, request


def cases():
    found = []

    def add(name, text, verdict="refuse", body=None, method="POST", target="/v1/case", more=()):
        meant = [] if body is None else [(method, target, body.encode("latin-1"))]
        found.append(Case(name, text, verdict, meant + list(more)))

    lengths(add)
    codings(add)
    chunks(add)
    heads(add)
    hosts(add)
    targets(add)
    lines(add)
    connections(add)
    sizes(add)
    names = [case.name for case in found]
    assert len(set(names)) == len(names), "every case has a name of its own"
    return found


def heads(add):
    """Field lines (RFC 9112, 5)."""
    ok = "Content-Length: 5\r\n"
    bad = {
        "obsolete fold": "X-A: b\r\n c\r\n",
        "fold with a tab": "X-A: b\r\n\tc\r\n",
        "fold on the first field": None,
        "space before the colon": "X-A : b\r\n",
        "tab before the colon": "X-A\t: b\r\n",
        "space in the name": "X A: b\r\n",
        "no colon": "X-A b\r\n",
        "empty name": ": b\r\n",
        "NUL in the name": "X\0A: b\r\n",
        "NUL in the value": "X-A: b\0c\r\n",
        "CR in the value": "X-A: b\rc\r\n",
        "CR CR LF": "X-A: b\r\r\n",
        "bare LF after a field": "X-A: b\n",
        "parenthesis in the name": "X(A): b\r\n",
        "quotes in the name": '"X-A": b\r\n',
        "slash in the name": "X/A: b\r\n",
        "letter of Latin-1 in the name": "X-\xc4: b\r\n",
        "control byte in the value": "X-A: b\x01c\r\n",
        "DEL in the value": "X-A: b\x7fc\r\n",
        "escape in the value": "X-A: \x1b[2J\r\n",
        "vertical tab in the value": "X-A: b\x0bc\r\n",
        "braces in the name": "X{A}: b\r\n",
        "at sign in the name": "X@A: b\r\n",
        "a line of blanks": " \r\n",
        "a comma in the name": "X,A: b\r\n",
    }
    for what, fields in bad.items():
        if fields is None:
            text = f"POST {BASE}/case HTTP/1.1\r\n Host: 127.0.0.1\r\nAuthorization: Bearer {TOKEN}\r\n{ok}\r\nhello"
        else:
            text = request(fields + ok, "hello")
        add(f"head with {what}", text)
    add("head with bare LF everywhere", request(ok, "hello").replace("\r\n", "\n"))
    add(
        "head ended by bare LF",
        f"POST {BASE}/case HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {TOKEN}\r\n"
        "Content-Length: 5\r\n\nhello",
    )
    add("head with bare CR everywhere", request(ok, "hello").replace("\r\n", "\r"))
    add("value of Latin-1", request("X-A: \xe4\xf6\r\n" + ok, "hello"), "either", "hello")
    add("value empty", request("X-A:\r\n" + ok, "hello"), "either", "hello")
    add("value of a colon", request("X-A: :::\r\n" + ok, "hello"), "either", "hello")
    add("name of every token character", request("!#$%&'*+-.^_`|~09azAZ: b\r\n" + ok, "hello"), "either", "hello")
    add(
        "Footing's own field",
        request("X-Footing-Request: 1\r\nX-Footing-Tenant: other\r\n" + ok, "hello"),
        "either",
        "hello",
    )


def hosts(add):
    """Host (RFC 9112, 3.2)."""

    def to(host, fields="Content-Length: 5\r\n", **more):
        return request(fields, "hello", host=host, **more)

    add("Host missing", to(""))
    add("Host twice, same", to("Host: 127.0.0.1\r\nHost: 127.0.0.1\r\n"))
    add("Host twice, differing", to("Host: 127.0.0.1\r\nHost: evil.example\r\n"))
    for what, value in {
        "with user information": "user@127.0.0.1",
        "with a path": "127.0.0.1/p/other",
        "with a space": "127.0.0.1 evil.example",
        "with a comma": "127.0.0.1, evil.example",
        "with NUL": "127.0.0.1\0",
        "with a bad port": "127.0.0.1:port",
        "with a huge port": "127.0.0.1:99999999",
        "with an open bracket": "[::1",
        "with a question mark": "127.0.0.1?a",
        "with a fragment": "127.0.0.1#a",
        "with a backslash": "127.0.0.1\\evil",
        "with a tab": "127.0.0.1\tevil",
    }.items():
        add(f"Host {what}", to(f"Host: {value}\r\n"))
    add("Host empty", to("Host:\r\n"), "either", "hello")
    add("Host in capitals", to("HOST: 127.0.0.1\r\n"), "pass", "hello")
    add("Host missing in HTTP/1.0", to("", version="HTTP/1.0"), "either", "hello")
    add("Host with a space before the colon", to("Host : 127.0.0.1\r\n"))


def targets(add):
    """Request targets (RFC 9112, 3.2; RFC 3986)."""

    def get(target):
        return request(method="GET", target=target)

    add("target, plain", get(BASE + "/case?x=1&y=%20"), "pass", "", "GET", "/v1/case?x=1&y=%20")
    bad = {
        "in absolute form": "http://127.0.0.1/p/echo/v1/case",
        "in absolute form with another host": "http://evil.example/p/echo/v1/case",
        "in absolute form with user": "http://user@127.0.0.1/p/echo/v1/case",
        "in absolute form, https": "https://127.0.0.1/p/echo/v1/case",
        "in authority form": "127.0.0.1:80",
        "without a slash": "p/echo/v1/case",
        "of an asterisk": "*",
        "with two dots": BASE + "/../case",
        "with two dots to another provider": "/p/echo/../other/case",
        "with two dots above the root": "/../../p/echo/v1/case",
        "with one dot": BASE + "/./case",
        "that ends with two dots": BASE + "/..",
        "with encoded dots": BASE + "/%2e%2e/case",
        "with half encoded dots": BASE + "/.%2E/case",
        "with an encoded slash": BASE + "/a%2fcase",
        "with encoded slash and dots": BASE + "/..%2f..%2fcase",
        "with an encoded backslash": BASE + "/a%5ccase",
        "with a backslash": BASE + "/a\\case",
        "with backslash and dots": BASE + "/..\\case",
        "with an encoded NUL": BASE + "/case%00",
        "with a NUL": BASE + "/case\0",
        "with a fragment": BASE + "/case#part",
        "with a tab": BASE + "/ca\tse",
        "with a control byte": BASE + "/ca\x01se",
        "with Latin-1": BASE + "/c\xe4se",
        "with DEL": BASE + "/ca\x7fse",
        "with a CR": BASE + "/ca\rse",
        "with half a percent sign": BASE + "/case%",
        "with a bad percent sign": BASE + "/case%zz",
        "with a short percent sign": BASE + "/case%2",
        "with an encoded CR LF": BASE + "/case%0d%0aX-A:%20b",
        "with dots behind a parameter": BASE + "/..;a=b/case",
        "with doubly encoded dots": BASE + "/%252e%252e/case",
        "that starts with two slashes": "//p/echo/v1/case",
        "with an encoded provider": "/p/%65cho/v1/case",
        "with NUL in the query": BASE + "/case?a=\0",
        "with space in the query": BASE + "/case?a= b",
    }
    gentle = {
        "with doubly encoded dots": "/v1/%252e%252e/case",
        "with an encoded provider": "/v1/case",
        "that starts with two slashes": "/v1/case",
    }
    for what, target in bad.items():
        if what in gentle:
            add(f"target {what}", get(target), "either", "", "GET", gentle[what])
        else:
            add(f"target {what}", get(target))
    add("target with two slashes inside", get(BASE + "//case"), "either", "", "GET", "/v1//case")
    add("target with dots in the query", get(BASE + "/case?a=../b"), "either", "", "GET", "/v1/case?a=../b")
    add("target with semicolons", get(BASE + "/case;a=b?x;y"), "either", "", "GET", "/v1/case;a=b?x;y")
    add("target with braces", get(BASE + "/{case}?q={}|^"), "either", "", "GET", "/v1/{case}?q={}|^")
    add("target of 9000 bytes", get(BASE + "/" + "a" * 9000), "legal", "", "GET", "/v1/" + "a" * 9000)
    add("target of 70,000 bytes", get(BASE + "/" + "a" * 70_000))
    add("target of 1200 segments", get(BASE + "/a" * 1200), "either", "", "GET", "/v1" + "/a" * 1200)


def lines(add):
    """The request line (RFC 9112, 3)."""
    line = f"Host: 127.0.0.1\r\nAuthorization: Bearer {TOKEN}\r\n\r\n"
    bad = {
        "HTTP/0.9": f"GET {BASE}/case\r\n",
        "HTTP/0.9 with fields": f"GET {BASE}/case\r\n{line}",
        "HTTP/2.0": f"GET {BASE}/case HTTP/2.0\r\n{line}",
        "HTTP/3": f"GET {BASE}/case HTTP/3\r\n{line}",
        "HTTP/1.": f"GET {BASE}/case HTTP/1.\r\n{line}",
        "HTTP/1": f"GET {BASE}/case HTTP/1\r\n{line}",
        "HTTP/1.1x": f"GET {BASE}/case HTTP/1.1x\r\n{line}",
        "HTTP/1.10": f"GET {BASE}/case HTTP/1.10\r\n{line}",
        "HTTP/11.1": f"GET {BASE}/case HTTP/11.1\r\n{line}",
        "http/1.1": f"GET {BASE}/case http/1.1\r\n{line}",
        "HTTPS/1.1": f"GET {BASE}/case HTTPS/1.1\r\n{line}",
        "HTTP / 1.1": f"GET {BASE}/case HTTP / 1.1\r\n{line}",
        "two spaces": f"GET  {BASE}/case HTTP/1.1\r\n{line}",
        "two spaces before the version": f"GET {BASE}/case  HTTP/1.1\r\n{line}",
        "a tab": f"GET\t{BASE}/case\tHTTP/1.1\r\n{line}",
        "a space at the end": f"GET {BASE}/case HTTP/1.1 \r\n{line}",
        "a space at the front": f" GET {BASE}/case HTTP/1.1\r\n{line}",
        "a bare LF": f"GET {BASE}/case HTTP/1.1\n{line}",
        "a NUL": f"GET\0 {BASE}/case HTTP/1.1\r\n{line}",
        "no target": f"GET HTTP/1.1\r\n{line}",
        "nothing but the method": f"GET\r\n{line}",
        "four words": f"GET {BASE}/case extra HTTP/1.1\r\n{line}",
        "a method in lower case": f"get {BASE}/case HTTP/1.1\r\n{line}",
        "a method with a parenthesis": f"GE(T {BASE}/case HTTP/1.1\r\n{line}",
        "a method with a colon": f"GET: {BASE}/case HTTP/1.1\r\n{line}",
        "an empty method": f" {BASE}/case HTTP/1.1\r\n{line}",
        "a long method": f"{'A' * 300} {BASE}/case HTTP/1.1\r\n{line}",
        "a vertical tab": f"GET\x0b{BASE}/case HTTP/1.1\r\n{line}",
        "CONNECT": "CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        "CONNECT with a path": f"CONNECT {BASE}/case HTTP/1.1\r\n{line}",
        "TRACE": f"TRACE {BASE}/case HTTP/1.1\r\n{line}",
        "the preface of HTTP/2": "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "a TLS hello": "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + "\x00" * 60,
        "noise": "\x00\xff\xfe" * 40 + "\r\n\r\n",
        "an SSH banner": "SSH-2.0-x\r\n\r\n",
        "only line ends": "\r\n" * 2000,
    }
    for what, text in bad.items():
        add(f"request line: {what}", text)
    add("request line: HTTP/1.2", f"GET {BASE}/case HTTP/1.2\r\n{line}", "either", "", "GET")
    add("request line: HTTP/1.0", f"GET {BASE}/case HTTP/1.0\r\n{line}", "either", "", "GET")
    add("request line: an empty line before it", f"\r\nGET {BASE}/case HTTP/1.1\r\n{line}", "either", "", "GET")
    add("request line: an unknown method", f"FROBNICATE {BASE}/case HTTP/1.1\r\n{line}", "either", "", "FROBNICATE")


def connections(add):
    """Connection options, upgrades, expectations, pipelines (RFC 9110, 7.6 to 10.1)."""
    ok = "Content-Length: 5\r\n"
    for name in (
        "Host",
        "Authorization",
        "Content-Length",
        "Content-Type",
        "X-Api-Key",
        "Transfer-Encoding",
        "close, Host",
        "keep-alive, Authorization",
    ):
        add(f"Connection names {name}", request(f"Connection: {name}\r\n{ok}", "hello"), "either", "hello")
    add("Connection names Cookie", request(f"Connection: cookie\r\nCookie: a=b\r\n{ok}", "hello"), "either", "hello")
    add(
        "Connection names a field of ours",
        request(f"Connection: x-secret\r\nX-Secret: 1\r\n{ok}", "hello"),
        "either",
        "hello",
    )
    add(
        "Connection named twice",
        request(f"Connection: close\r\nConnection: x-secret\r\nX-Secret: 1\r\n{ok}", "hello"),
        "either",
        "hello",
    )
    add(
        "Keep-Alive, TE and Proxy-Connection",
        request(f"Keep-Alive: timeout=5\r\nTE: trailers\r\nProxy-Connection: keep-alive\r\n{ok}", "hello"),
        "either",
        "hello",
    )
    add("Proxy-Authorization", request(f"Proxy-Authorization: Basic eDp5\r\n{ok}", "hello"), "either", "hello")
    add(
        "Upgrade to h2c",
        request(
            "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n",
            method="GET",
        ),
        "either",
        "",
        "GET",
    )
    add("Upgrade to h2c without Connection", request("Upgrade: h2c\r\n", method="GET"), "either", "", "GET")
    add(
        "Upgrade to h2c with a request behind",
        request("Connection: Upgrade\r\nUpgrade: h2c\r\n", SMUGGLED, method="GET"),
        "either",
        "",
        "GET",
        more=[("GET", "/v1/smuggled", b"")],
    )
    add(
        "Upgrade to something unknown",
        request("Connection: Upgrade\r\nUpgrade: tunnel/1.0\r\n", method="GET"),
        "either",
        "",
        "GET",
    )
    add(
        "Upgrade to WebSocket without a key",
        request("Connection: Upgrade\r\nUpgrade: websocket\r\n", method="GET"),
        "either",
        "",
        "GET",
    )
    add("Expect 100-continue", request(f"Expect: 100-continue\r\n{ok}", "hello"), "pass", "hello")
    add("Expect junk", request(f"Expect: 200-maybe\r\n{ok}", "hello"), "either", "hello")
    add("Expect 100-continue with junk", request(f"Expect: 100-continue, x\r\n{ok}", "hello"), "either", "hello")
    add(
        "Expect with a request as the body",
        request(f"Expect: 100-continue\r\nContent-Length: {len(SMUGGLED)}\r\n", SMUGGLED),
        "either",
        SMUGGLED,
    )
    add(
        "two good requests in a row",
        request(ok, "hello") + request(ok, "again"),
        "pass",
        "hello",
        more=[("POST", "/v1/case", b"again")],
    )
    add("a good request, then noise", request(ok, "hello") + "\x00\x01\x02\r\n\r\n", "either", "hello")
    add(
        "a good request, then one with both framings",
        request(ok, "hello") + request("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
        "either",
        "hello",
    )
    add(
        "Connection close, then another request",
        request(f"Connection: close\r\n{ok}", "hello") + SMUGGLED,
        "either",
        "hello",
    )
    add(
        "a GET with a request behind, unannounced",
        request(method="GET") + SMUGGLED,
        "either",
        "",
        "GET",
        more=[("GET", "/v1/smuggled", b"")],
    )
    add("method override", request(f"X-HTTP-Method-Override: DELETE\r\n{ok}", "hello"), "either", "hello")
    add(
        "forwarded fields",
        request(f"X-Forwarded-For: 1.2.3.4\r\nForwarded: for=evil\r\nX-Real-IP: 1.2.3.4\r\n{ok}", "hello"),
        "either",
        "hello",
    )


def sizes(add):
    """Floods."""
    ok = "Content-Length: 5\r\n"
    add("head of 16 KB", request("X-A: " + "a" * 16_000 + "\r\n" + ok, "hello"), "legal", "hello")
    add("head of 64 KB in one field", request("X-A: " + "a" * 65_536 + "\r\n" + ok, "hello"))
    add(
        "head of 64 KB in many fields",
        request("".join(f"X-{number}: {'a' * 90}\r\n" for number in range(700)) + ok, "hello"),
    )
    add("1000 fields", request("".join(f"X-{number}: 1\r\n" for number in range(1000)) + ok, "hello"))
    add("1 MB head", request("".join(f"X-{number}: {'a' * 990}\r\n" for number in range(1000)) + ok, "hello"))
    add("name of 64 KB", request("X" * 65_536 + ": 1\r\n" + ok, "hello"))
