"""Malformed framing: Content-Length, Transfer-Encoding and the chunked coding (RFC 9112, 6, 7 and 11)."""

from request_parts import SMUGGLED, request


def lengths(add):
    """Content-Length (RFC 9112, 6.2 and 6.3)."""
    add("Content-Length, plain", request("Content-Length: 5\r\n", "hello"), "pass", "hello")
    add("Content-Length 0", request("Content-Length: 0\r\n"), "pass", "")
    add("Content-Length with spaces around", request("Content-Length: \t 5 \t\r\n", "hello"), "legal", "hello")
    add("Content-Length without a space", request("Content-Length:5\r\n", "hello"), "pass", "hello")
    add("Content-Length with leading zeros", request("Content-Length: 0005\r\n", "hello"), "either", "hello")
    add("Content-Length twice, same", request("Content-Length: 5\r\nContent-Length: 5\r\n", "hello"), "either", "hello")
    add("Content-Length twice, 5 and 0", request("Content-Length: 5\r\nContent-Length: 0\r\n", "hello"))
    add(
        "Content-Length twice, 0 and a request",
        request(f"Content-Length: 0\r\nContent-Length: {len(SMUGGLED)}\r\n", SMUGGLED),
    )
    add("Content-Length as a list, same", request("Content-Length: 5, 5\r\n", "hello"), "either", "hello")
    add("Content-Length as a list, differing", request("Content-Length: 5, 6\r\n", "hello!"))
    values = {
        "with a plus": "+5",
        "with a minus": "-5",
        "minus zero": "-0",
        "in hex": "0x5",
        "with a point": "5.0",
        "with an exponent": "5e0",
        "with a space inside": "1 5",
        "with a letter after it": "5x",
        "empty": "",
        "a word": "five",
        "in quotes": '"5"',
        "with an underscore": "1_0",
        "2^64 + 5": "18446744073709551621",
        "2^63 + 5": "9223372036854775813",
        "with 40 digits": "0" * 39 + "x",
        "huge": "9" * 30,
        "with a comma after it": "5,",
        "with a comma before it": ",5",
        "with a semicolon": "5;a=b",
        "with a vertical tab": "\x0b5",
        "with superscript": "\xb2",
        "with a form feed": "5\x0c",
        "with no-break space": "\xa05",
    }
    for what, value in values.items():
        add(f"Content-Length {what}", request(f"Content-Length: {value}\r\n", "hello"))
    add("Content-Length with a space before the colon", request("Content-Length : 5\r\n", "hello"))
    add("Content-Length with a NUL after the name", request("Content-Length\0: 5\r\n", "hello"))
    add("Content_Length with an underscore is another field", request("Content_Length: 5\r\n", ""), "either", "")
    add("Content-Length longer than the body", request("Content-Length: 50\r\n", "hello"))
    add("Content-Length on a GET", request("Content-Length: 5\r\n", "hello", method="GET"), "either", "hello", "GET")
    add("Content-Length folded", request("Content-Length:\r\n 5\r\n", "hello"))


def codings(add):
    """Transfer-Encoding (RFC 9112, 6.1 and 11.2)."""
    chunked = "5\r\nhello\r\n0\r\n\r\n"
    add("chunked", request("Transfer-Encoding: chunked\r\n", chunked), "pass", "hello")
    add("chunked in capitals", request("Transfer-Encoding: CHUNKED\r\n", chunked), "either", "hello")
    both = "Content-Length: {}\r\nTransfer-Encoding: chunked\r\n"
    add("both, CL.TE", request(both.format(len(chunked)), chunked))
    add("both, CL.TE with a request behind", request(both.format(5 + len(SMUGGLED)), "0\r\n\r\n" + SMUGGLED))
    add(
        "both, TE before CL",
        request("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", f"{len(SMUGGLED):x}\r\n{SMUGGLED}\r\n0\r\n\r\n"),
    )
    add("both, CL 0", request(both.format(0), chunked))
    add(
        "both, TE with an obsolete fold",
        request(f"Content-Length: {len(chunked)}\r\nTransfer-Encoding:\r\n chunked\r\n", chunked),
    )
    add("both, coding unknown", request(f"Content-Length: {len(chunked)}\r\nTransfer-Encoding: x\r\n", chunked))
    values = {
        "identity": "identity",
        "xchunked": "xchunked",
        "chunked in quotes": '"chunked"',
        "chunked, chunked": "chunked, chunked",
        "chunked, identity": "chunked, identity",
        "identity, chunked": "identity, chunked",
        "gzip, chunked": "gzip, chunked",
        "chunked, gzip": "chunked, gzip",
        "chunked;q=1": "chunked;q=1",
        "empty": "",
        "chunked and a comma": "chunked,",
        "a comma and chunked": ",chunked",
        "vertical tab and chunked": "\x0bchunked",
        "chunked and vertical tab": "chunked\x0b",
        "chunk ed": "chunk ed",
        "chunked with NUL": "chunked\0",
        "chunked with no-break space": "chunked\xa0",
        "cow": "cow",
        "chunked\x85": "chunked\x85",
        "br": "br",
    }
    for what, value in values.items():
        add(f"Transfer-Encoding {what}", request(f"Transfer-Encoding: {value}\r\n", chunked))
        if what in ("identity", "xchunked", "chunked and vertical tab"):
            add(
                f"Transfer-Encoding {what}, with Content-Length",
                request(f"Content-Length: 5\r\nTransfer-Encoding: {value}\r\n", "hello"),
            )
    add(
        "Transfer-Encoding with a tab before the value",
        request("Transfer-Encoding:\tchunked\r\n", chunked),
        "legal",
        "hello",
    )
    add(
        "Transfer-Encoding with spaces after the value",
        request("Transfer-Encoding: chunked \t \r\n", chunked),
        "legal",
        "hello",
    )
    add("Transfer-Encoding with a space before the colon", request("Transfer-Encoding : chunked\r\n", chunked))
    add("Transfer-Encoding with a tab before the colon", request("Transfer-Encoding\t: chunked\r\n", chunked))
    add("Transfer-Encoding with a space before the name", request(" Transfer-Encoding: chunked\r\n", chunked))
    add("Transfer-Encoding after a bare LF", request("X-A: b\nTransfer-Encoding: chunked\r\n", chunked))
    add("Transfer-Encoding after a bare CR", request("X-A: b\rTransfer-Encoding: chunked\r\n"))
    add("Transfer-Encoding twice", request("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", chunked))
    add(
        "Transfer-Encoding twice, identity first",
        request("Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n", chunked),
    )
    add(
        "Transfer-Encoding twice, cow last",
        request("Transfer-Encoding: chunked\r\nTransfer-Encoding: cow\r\n", chunked),
    )
    add(
        "Transfer_Encoding with an underscore is another field",
        request("Transfer_Encoding: chunked\r\nContent-Length: 5\r\n", "hello"),
        "either",
        "hello",
    )
    add("chunked in HTTP/1.0", request("Transfer-Encoding: chunked\r\n", chunked, version="HTTP/1.0"))
    add(
        "chunked in HTTP/1.0 with Content-Length",
        request(f"Content-Length: {len(chunked)}\r\nTransfer-Encoding: chunked\r\n", chunked, version="HTTP/1.0"),
    )
    add("chunked on a GET", request("Transfer-Encoding: chunked\r\n", chunked, method="GET"), "either", "hello", "GET")


def chunks(add):
    """The chunked coding itself (RFC 9112, 7.1)."""

    def chunked(body):
        return request("Transfer-Encoding: chunked\r\n", body)

    add(
        "chunk sizes in both cases and with zeros",
        chunked("00a\r\n0123456789\r\nA\r\n0123456789\r\n000\r\n\r\n"),
        "either",
        "01234567890123456789",
    )
    add("chunk extension", chunked("5;name=value\r\nhello\r\n0\r\n\r\n"), "either", "hello")
    add("chunk extension in quotes", chunked('5;name="a;b"\r\nhello\r\n0\r\n\r\n'), "either", "hello")
    add("chunk extension on the last chunk", chunked("5\r\nhello\r\n0;a\r\n\r\n"), "either", "hello")
    bad = {
        "size overflows to 5": "10000000000000005\r\nhello\r\n0\r\n\r\n",
        "size of 16 f": "f" * 16 + "\r\nhello\r\n0\r\n\r\n",
        "size with a sign": "+5\r\nhello\r\n0\r\n\r\n",
        "size negative": "-1\r\nhello\r\n0\r\n\r\n",
        "size with 0x": "0x5\r\nhello\r\n0\r\n\r\n",
        "size with a letter": "5g\r\nhello\r\n0\r\n\r\n",
        "size empty": "\r\nhello\r\n0\r\n\r\n",
        "size with a space before it": " 5\r\nhello\r\n0\r\n\r\n",
        "size with an underscore": "0_5\r\nhello\r\n0\r\n\r\n",
        "size then bare LF": "5\nhello\r\n0\r\n\r\n",
        "size then bare CR": "5\rhello\r\n0\r\n\r\n",
        "data then bare LF": "5\r\nhello\n0\r\n\r\n",
        "data then nothing": "5\r\nhello0\r\n\r\n",
        "data longer than its size": "4\r\nhello\r\n0\r\n\r\n",
        "data shorter than its size": "6\r\nhello\r\n0\r\n\r\n",
        "extension with a bare LF": "5;a\nb\r\nhello\r\n0\r\n\r\n",
        "extension with a bare CR": "5;a\rb\r\nhello\r\n0\r\n\r\n",
        "extension with NUL": "5;a\0b\r\nhello\r\n0\r\n\r\n",
        "extension that hides a chunk": "2;\nxx\r\n" + f"{len(SMUGGLED):x}\r\n0\r\n\r\n{SMUGGLED}\r\n0\r\n\r\n",
        "last chunk with bare LF": "5\r\nhello\r\n0\n\n",
        "trailer with a bare LF": "5\r\nhello\r\n0\r\nA: b\n\r\n",
        "trailer without a colon": "5\r\nhello\r\n0\r\nno colon\r\n\r\n",
        "trailer with a fold": "5\r\nhello\r\n0\r\nA: b\r\n c\r\n\r\n",
        "trailer with a space before the colon": "5\r\nhello\r\n0\r\nA : b\r\n\r\n",
        "trailer with NUL": "5\r\nhello\r\n0\r\nA: b\0\r\n\r\n",
        "no end": "5\r\nhello\r\n",
    }
    for what, body in bad.items():
        add(f"chunk {what}", chunked(body))
    add("chunk extension of 64 KB", chunked("5;" + "a" * 65536 + "\r\nhello\r\n0\r\n\r\n"), "either", "hello")
    add("chunk size followed by a space", chunked("5 \r\nhello\r\n0\r\n\r\n"), "either", "hello")
    for name in (
        "Content-Length: 3",
        "Transfer-Encoding: chunked",
        "Host: evil.example",
        "Authorization: Bearer evil",
        "Connection: close",
    ):
        add(f"trailer field {name}", chunked(f"5\r\nhello\r\n0\r\n{name}\r\n\r\n"), "either", "hello")
    add("trailer field that is harmless", chunked("5\r\nhello\r\n0\r\nX-Checksum: 1\r\n\r\n"), "either", "hello")
    add(
        "1000 trailer fields",
        chunked("5\r\nhello\r\n0\r\n" + "".join(f"X-{number}: 1\r\n" for number in range(1000)) + "\r\n"),
        "either",
        "hello",
    )
