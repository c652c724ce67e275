"""What the corpus of malformed requests is made of: one case, and a good request to start from."""

import dataclasses

BASE = "/p/echo/v1"
#: Stands for a good token, and is as long as one, so that lengths are right.
TOKEN = "ft_" + "T" * 43
#: What would be smuggled.
SMUGGLED = f"GET {BASE}/smuggled HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {TOKEN}\r\n\r\n"


@dataclasses.dataclass
class Case:
    """One connection's worth of bytes."""

    name: str
    text: str
    verdict: str
    #: (method, target, body) of each request that may reach the upstream.
    meant: list = dataclasses.field(default_factory=list)

    def bytes(self, token):
        assert len(token) == len(TOKEN), f"a token is {len(token)} characters long"
        return self.text.replace(TOKEN, token).encode("latin-1")


def request(fields="", body="", method="POST", target=BASE + "/case", version="HTTP/1.1", host="Host: 127.0.0.1\r\n"):
    return (
        f"{method} {target} {version}\r\n{host}Authorization: Bearer {TOKEN}\r\n"
        f"Content-Type: text/plain\r\n{fields}\r\n{body}"
    )
