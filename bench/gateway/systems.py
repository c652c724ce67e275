"""The gateways that are compared: one worker each on one processor, the same upstream, the same field injected."""

import dataclasses
import os
import pathlib
import signal
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import common  # noqa: E402
import project as projects  # noqa: E402

GATEWAY_CPU = "0"
SMALL = "/v1/rents/mitte?year=2026"
LARGE = "/v1/large"
CHAT = "/v1/chat/completions"
GIGABYTE = "/v1/gigabyte"
SINK = "/v1/sink"
SECRET = "upstream-" + os.urandom(12).hex()


class Missing(Exception):
    """The system cannot be had here; the text says why."""


@dataclasses.dataclass
class Target:
    """One kind of request to one port."""

    port: int
    path: str
    method: str = "GET"
    body: str = None


class Upstream:
    """nginx with one worker: a 1 KB document, 64 KB, 1 GiB, and an answer in the shape of a model's vendor."""

    def __init__(self, folder):
        folder.mkdir()
        self.folder = folder
        self.port = common.free_port()
        files = folder / "files"
        files.mkdir()
        (files / "large").write_bytes(b"x" * 65536)
        with open(files / "gigabyte", "wb") as file:
            file.truncate(1 << 30)
        nginx = program("nginx")
        config = folder / "nginx.conf"
        config.write_text(nginx_config(folder, 30000, (
            "  sendfile on; tcp_nopush on; keepalive_requests 1000000000; keepalive_timeout 3600s;\n"
            f"  server {{ listen 127.0.0.1:{self.port} backlog=4096;\n"
            f"    location /v1/rents/ {{ default_type application/json; return 200 '{document()}'; }}\n"
            f"    location {CHAT} {{ default_type application/json; return 200 '{completion()}'; }}\n"
            f"    location {LARGE} {{ alias {files}/large; default_type application/octet-stream; }}\n"
            f"    location {GIGABYTE} {{ alias {files}/gigabyte; default_type application/octet-stream; }}\n  }}\n")))
        self.server = common.Server(pinned("1", [nginx, "-p", folder, "-c", config]), cwd=folder)
        self.server.first_answer(self.port, SMALL)

    def stop(self):
        self.server.stop()


def document():
    """The 1 KB answer: an object a contract can describe."""
    months = ", ".join(f'{{"month": {month}, "median": {1100 + month}.5}}' for month in range(1, 13))
    text = (
        '{"area": {"id": "mitte", "name": "Mitte"}, "median_rent": 1210, "year": 2026, "quality": "measured", '
        f'"months": [{months}], "note": "')
    return text + "x" * (1024 - len(text) - 2) + '"}'


def completion():
    return (
        '{"id": "chatcmpl-1", "object": "chat.completion", "created": 1760000000, "model": "small", "choices": '
        '[{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "'
        + "word " * 120 + '"}}], '
        '"usage": {"prompt_tokens": 9, "completion_tokens": 120, "total_tokens": 129}}')


def program(name, *folders):
    path = common.find(name, *folders)
    if not path:
        raise Missing(f"{name} is not installed and could not be")
    return path


def filled(name, **values):
    """A file of config/ with each @NAME@ replaced."""
    text = pathlib.Path(__file__).with_name("config").joinpath(name).read_text()
    for key, value in values.items():
        text = text.replace(f"@{key}@", str(value))
    return text


def pinned(cpu, command):
    return ["taskset", "-c", cpu, *[str(part) for part in command]]


def nginx_config(folder, connections, http):
    temporary = "".join(
        f"  {kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    user = "user root;\n" if os.geteuid() == 0 else ""
    return (
        f"{user}daemon off;\nworker_processes 1;\nworker_rlimit_nofile {connections};\npid {folder}/nginx.pid;\n"
        f"error_log {folder}/error.log crit;\nevents {{ worker_connections {connections}; }}\n"
        f"http {{\n  access_log off;\n{temporary}{http}}}\n")


class System:
    """One gateway: how it is started, what it is asked."""

    name = ""
    patience = 60.0
    path = SMALL
    method = "GET"
    body = None
    #: Whether memory, many callers and large bodies are looked at too.
    is_general = True
    #: Shortest run that gives a fair figure, seconds.
    least_seconds = 1

    def __init__(self, folder, upstream, sink):
        folder.mkdir()
        self.folder = folder
        self.upstream = upstream
        self.sink = sink
        self.port = common.free_port()
        self.tokens = []
        self.notes = []
        self.server = None

    def version(self):
        return None

    def command(self):
        raise NotImplementedError

    def environment(self):
        return dict(os.environ)

    def launch(self):
        with open(self.folder / "out.log", "ab") as log:
            return common.Server(
                pinned(GATEWAY_CPU, self.command()), cwd=self.folder, env=self.environment(), log=log)

    def start(self):
        """Starts it and waits until it carries a request to the upstream."""
        self.server = self.launch()
        end = time.monotonic() + self.patience
        status = None
        while time.monotonic() < end:
            if self.server.process.poll() is not None:
                raise Missing(f"it ended by itself: {self.last_words()}")
            try:
                status, _, _ = projects.ask(self.port, self.method, self.path, self.token, self.body, self.headers())
                if status == 200:
                    return
            except OSError:
                pass
            time.sleep(0.05)
        self.stop()
        raise Missing(f"no good answer within {self.patience:.0f} s, the last was {status}: {self.last_words()}")

    def headers(self):
        return {"Content-Type": "application/json"} if self.body else {}

    def last_words(self):
        return (self.folder / "out.log").read_text(errors="replace")[-400:].strip().replace("\n", " | ")

    def filled(self, name, **more):
        """A file of config/ with this system's ports in it."""
        ports = {"PORT": self.port, "UPSTREAM": self.upstream.port, "SINK": self.sink.port}
        return filled(name, SINK_PATH=SINK, SECRET=SECRET, **ports, **more)

    def note(self, text):
        """Something that whoever reads this row should know."""
        if text not in self.notes:
            self.notes.append(text)

    @property
    def token(self):
        return self.tokens[0] if self.tokens else None

    def target(self, path=None):
        return Target(self.port, path or self.path, self.method, self.body)

    def pause(self):
        self._signal(signal.SIGSTOP)

    def go_on(self):
        self._signal(signal.SIGCONT)

    def _signal(self, number):
        for pid in self.server.tree():
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                pass

    def stop(self):
        if self.server:
            self.go_on()
            self.server.stop()
            self.server = None


class Nginx(System):
    name = "nginx"

    def version(self):
        return common.output([program("nginx"), "-v"])

    def command(self):
        config = self.folder / "nginx.conf"
        headers = (
            f'proxy_http_version 1.1; proxy_set_header Connection ""; '
            f'proxy_set_header Authorization "Bearer {SECRET}";')
        config.write_text(nginx_config(self.folder, 20000, (
            "  keepalive_requests 1000000000; keepalive_timeout 3600s; client_max_body_size 0;\n"
            "  proxy_request_buffering off;\n"
            f"  upstream main {{ server 127.0.0.1:{self.upstream.port}; keepalive 128;\n"
            "    keepalive_requests 1000000000; }\n"
            f"  server {{ listen 127.0.0.1:{self.port} backlog=4096;\n"
            f"    location {SINK} {{ proxy_pass http://127.0.0.1:{self.sink.port}; {headers} }}\n"
            f"    location / {{ proxy_pass http://main; {headers} }}\n  }}\n")))
        return [program("nginx"), "-p", self.folder, "-c", config]


class HAProxy(System):
    name = "haproxy"

    def version(self):
        return (common.output([program("haproxy"), "-v"]) or "").splitlines()[0]

    def command(self):
        config = self.folder / "haproxy.cfg"
        config.write_text(
            "global\n  nbthread 1\n  no strict-limits\n  maxconn 15000\n"
            "defaults\n  mode http\n  timeout client 3600s\n  timeout server 3600s\n  timeout connect 5s\n"
            "  timeout http-keep-alive 3600s\n  http-reuse always\n"
            f'frontend main\n  bind 127.0.0.1:{self.port} backlog 4096\n'
            f'  http-request set-header Authorization "Bearer {SECRET}"\n'
            f"  use_backend sink if {{ path {SINK} }}\n  default_backend up\n"
            f"backend sink\n  server sink 127.0.0.1:{self.sink.port}\n"
            f"backend up\n  server up 127.0.0.1:{self.upstream.port} pool-max-conn 128\n")
        return [program("haproxy"), "-db", "-f", config]


class Envoy(System):
    """With the two filters that come closest to a part of Footing's work."""

    name = "envoy, credential injection and local rate limit"

    def __init__(self, folder, upstream, sink, venv):
        super().__init__(folder, upstream, sink)
        self.envoy = program("envoy", str(venv / "bin"))

    def version(self):
        return (common.output([self.envoy, "--version"]) or "").strip().splitlines()[-1].strip()

    def command(self):
        config = self.folder / "envoy.yaml"
        config.write_text(self.filled("envoy.yaml"))
        return [self.envoy, "-c", config, "--concurrency", "1", "--log-level", "error", "--use-dynamic-base-id"]


class Caddy(System):
    name = "caddy"

    def __init__(self, folder, upstream, sink, venv):
        super().__init__(folder, upstream, sink)
        self.caddy = program("caddy", str(venv / "bin"))

    def version(self):
        return "caddy " + (common.output([self.caddy, "version"]) or "").split(" ")[0]

    def environment(self):
        home = str(self.folder)
        return dict(os.environ, GOMAXPROCS="1", HOME=home, XDG_DATA_HOME=home, XDG_CONFIG_HOME=home)

    def command(self):
        config = self.folder / "Caddyfile"
        config.write_text(self.filled("Caddyfile"))
        return [self.caddy, "run", "--config", config, "--adapter", "caddyfile"]


class Traefik(System):
    name = "traefik"

    def __init__(self, folder, upstream, sink, venv):
        super().__init__(folder, upstream, sink)
        self.traefik = program("traefik", str(venv / "bin"))

    def version(self):
        return "traefik " + (common.output([self.traefik, "version"]) or "").split("\n")[0].split()[-1]

    def environment(self):
        return dict(os.environ, GOMAXPROCS="1", HOME=str(self.folder))

    def command(self):
        routes = self.folder / "routes.yaml"
        routes.write_text(self.filled("traefik-routes.yaml"))
        config = self.folder / "traefik.yaml"
        config.write_text(self.filled("traefik.yaml", ROUTES=routes))
        return [self.traefik, f"--configFile={config}"]


class LiteLLM(System):
    """A gateway of the same kind of work (keys, limits, retries) for models, in Python; one worker, one model."""

    name = "litellm"
    patience = 240.0
    path = CHAT
    method = "POST"
    body = '{"model": "small", "messages": [{"role": "user", "content": "Say something."}]}'
    is_general = False
    least_seconds = 15

    def __init__(self, folder, upstream, sink, venv):
        super().__init__(folder, upstream, sink)
        self.venv = venv
        self.tokens = ["sk-" + os.urandom(16).hex()]
        if not (venv / "bin" / "litellm").exists():
            raise Missing("litellm[proxy] could not be installed from the package index")

    def version(self):
        code = "import importlib.metadata as m; print(m.version('litellm'))"
        return f"litellm {common.output([self.venv / 'bin' / 'python', '-c', code])}"

    def environment(self):
        return dict(
            os.environ, HOME=str(self.folder), LITELLM_MASTER_KEY=self.tokens[0], LITELLM_TELEMETRY="False",
            LITELLM_LOCAL_MODEL_COST_MAP="True", LITELLM_LOG="ERROR")

    def command(self):
        config = self.folder / "litellm.yaml"
        config.write_text(
            "model_list:\n  - model_name: small\n    litellm_params: { model: openai/small, api_key: "
            f'"{SECRET}", api_base: "http://127.0.0.1:{self.upstream.port}/v1" }}\n')
        program_file = self.venv / "bin" / "litellm"
        return [program_file, "--config", config, "--host", "127.0.0.1", "--port", self.port, "--num_workers", "1"]


class Footing(System):
    """What both rows of Footing share: a project, a provider for the upstream, a token."""

    #: The provider's file in config/.
    rents = ""

    def __init__(self, folder, upstream, sink, binary):
        super().__init__(folder, upstream, sink)
        self.binary = binary
        self.path = "/p/rents" + SMALL
        self.project = projects.Project(folder / "project", binary)
        self.project.secret("rents-key", SECRET)
        self.project.provider("rents", filled(self.rents, PORT=upstream.port))
        self.project.provider("sink", filled("sink.yaml", PORT=sink.port))
        self.adjust()
        self.project.save()
        self.tokens = [self.project.token("call:*")]

    def version(self):
        return common.output([self.binary, "version"])

    def adjust(self):
        """What this row sets in footing.yaml."""

    def setting(self, **settings):
        """Sets lines of footing.yaml where this program knows them, and says so where it does not."""
        for key in self.project.set_if_known(**settings):
            self.note(f"this program does not know `{key}: {settings[key]}`")

    def command(self):
        command = [self.binary, "serve", "--quiet", "--project", self.project.folder]
        command += ["--listen", f"127.0.0.1:{self.port}", "--log-level", "error"]
        if projects.has_option(self.binary, "serve", "--loops"):
            command += ["--loops", "1"]
        else:
            self.note("this program does not know --loops: as many threads as it likes, on one processor")
        return command

    def target(self, path=None):
        prefix = "/p/sink" if path == SINK else "/p/rents"
        return Target(self.port, prefix + path if path else self.path)


class FootingBare(Footing):
    """Routing, token and secret only."""

    name = "footing bare"
    rents = "rents-bare.yaml"

    def adjust(self):
        self.setting(callers="{ token: none, tenant: none, address: none }")


class FootingFull(Footing):
    """Token, caller limit, request and answer validated, secret, provider limit, breaker, ledger, metrics."""

    name = "footing everything on"
    rents = "rents-full.yaml"

    def adjust(self):
        # Counted for each of the three, and never reached.
        bounds = "{ rate: 1000000/1s, burst: 1000000, concurrency: 100000 }"
        self.setting(callers=f"{{ token: {bounds}, tenant: {bounds}, address: {bounds} }}")
