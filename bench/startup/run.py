"""How fast a server is there, and what it costs while nothing happens.

Figures per system: milliseconds from exec to the first answered request (median and 90th percentile of the starts) and
resident memory five seconds after the start without a request. Starts of the systems take turns, so that a busy moment
of the machine does not fall on one of them alone.
"""

import argparse
import os
import pathlib
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import common  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


class Missing(Exception):
    """The system cannot be had here; the text says why."""


class System:
    """One server: how it is started on a port, and what to ask it."""

    path = "/"
    name = ""
    patience = 60.0

    def __init__(self, folder):
        self.folder = folder

    def version(self):
        return None

    def start(self, port):
        raise NotImplementedError

    def server(self, command, env=None):
        log = open(self.folder / f"{self.name}.log", "ab")  # noqa: SIM115 (belongs to the process)
        try:
            return common.Server([str(part) for part in command], cwd=self.folder, env=env, log=log)
        finally:
            log.close()

    def program(self, name, *folders):
        path = common.find(name, *folders)
        if not path:
            raise Missing(f"{name} is not installed and could not be")
        return path


class Footing(System):
    """The example project, as `footing serve` runs it: app, gateway, tasks, console."""

    name = "footing"
    path = "/readyz"

    def __init__(self, folder, binary):
        super().__init__(folder)
        self.binary = binary
        self.project = folder / "project"
        self.project.mkdir()
        example = ROOT / "examples" / "rent-vs-commute"
        for part in ("footing", "app"):
            (self.project / part).symlink_to(example / part)

    def version(self):
        return common.output([self.binary, "version"])

    def start(self, port):
        return self.server(
            [self.binary, "serve", "--quiet", "--project", self.project, "--listen", f"127.0.0.1:{port}"])


class Caddy(System):
    name = "caddy"

    def version(self):
        return common.output([self.program("caddy"), "version"])

    def start(self, port):
        config = self.folder / "Caddyfile"
        config.write_text(f'{{\n\tadmin off\n}}\nhttp://127.0.0.1:{port} {{\n\trespond "ok"\n}}\n')
        env = dict(os.environ, HOME=str(self.folder), XDG_DATA_HOME=str(self.folder), XDG_CONFIG_HOME=str(self.folder))
        return self.server([self.program("caddy"), "run", "--config", config, "--adapter", "caddyfile"], env)


class Nginx(System):
    name = "nginx"

    def version(self):
        return common.output([self.program("nginx"), "-v"])

    def start(self, port):
        config = self.folder / "nginx.conf"
        temporary = "".join(
            f"  {kind}_temp_path {self.folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        user = "user root;\n" if os.geteuid() == 0 else ""
        config.write_text(
            f"{user}daemon off;\nworker_processes auto;\npid {self.folder}/nginx.pid;\nerror_log {self.folder}/nginx-error.log;\n"
            f"events {{ worker_connections 1024; }}\nhttp {{\n  access_log off;\n{temporary}"
            f'  server {{ listen 127.0.0.1:{port}; location / {{ return 200 "ok"; }} }}\n}}\n')
        return self.server([self.program("nginx"), "-p", self.folder, "-c", config])


class HAProxy(System):
    name = "haproxy"

    def version(self):
        return (common.output([self.program("haproxy"), "-v"]) or "").splitlines()[0]

    def start(self, port):
        config = self.folder / "haproxy.cfg"
        config.write_text(
            "defaults\n  mode http\n  timeout client 10s\n  timeout server 10s\n  timeout connect 5s\n"
            f"frontend main\n  bind 127.0.0.1:{port}\n  http-request return status 200 content-type text/plain string ok\n")
        return self.server([self.program("haproxy"), "-db", "-f", config])


class LiteLLM(System):
    """A gateway of the same kind of work (keys, limits, retries), in Python."""

    name = "litellm proxy"
    path = "/health/liveliness"
    patience = 180.0

    def __init__(self, folder, venv):
        super().__init__(folder)
        self.venv = venv

    def version(self):
        python = self.venv / "bin" / "python"
        code = "import importlib.metadata as m; print(m.version('litellm'))"
        return f"litellm {common.output([python, '-c', code])}"

    def start(self, port):
        config = self.folder / "litellm.yaml"
        config.write_text(
            "model_list:\n  - model_name: none\n    litellm_params: { model: openai/none, api_key: none, "
            "api_base: http://127.0.0.1:9 }\n")
        program = self.venv / "bin" / "litellm"
        if not program.exists():
            raise Missing("litellm[proxy] could not be installed from the package index")
        # It does not start without a key; health questions need none.
        key = "sk-" + os.urandom(16).hex()
        env = dict(
            os.environ, HOME=str(self.folder), LITELLM_MASTER_KEY=key, LITELLM_TELEMETRY="False",
            LITELLM_LOCAL_MODEL_COST_MAP="True")
        return self.server([program, "--config", config, "--host", "127.0.0.1", "--port", port], env)


def systems(binary, venv, skipped, scratch):
    """All systems that can be had, and why the others cannot."""
    makers = {
        "footing": lambda folder: Footing(folder, binary),
        "nginx": Nginx,
        "haproxy": HAProxy,
        "caddy": Caddy,
        "litellm proxy": lambda folder: LiteLLM(folder, venv),
    }
    found, missing = [], []
    for name, make in makers.items():
        if name in skipped:
            missing.append({"name": name, "why": "left out by request"})
            continue
        folder = scratch / name.replace(" ", "-")
        folder.mkdir()
        try:
            system = make(folder)
            # A start that is not counted: caches are warm for all, files of the first start are there.
            once(system)
            found.append(system)
        except (Missing, RuntimeError, OSError) as why:
            missing.append({"name": name, "why": str(why)})
    return found, missing


def once(system, idle=None):
    """One start: milliseconds to the first answer, and MB after `idle` seconds if that is asked for."""
    port = common.free_port()
    server = system.start(port)
    try:
        first = server.first_answer(port, system.path, system.patience)
        if idle is None:
            return first, None
        time.sleep(idle)
        return first, server.resident_mb()
    finally:
        server.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binaries", required=True, type=pathlib.Path, help="folder of the built program")
    parser.add_argument("--venv", required=True, type=pathlib.Path, help="where Python peers are installed")
    parser.add_argument("--json", type=pathlib.Path)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--idle", type=float, default=5.0, help="seconds before memory is read")
    parser.add_argument("--without", action="append", default=[], help="a system to leave out")
    options = parser.parse_args()

    with tempfile.TemporaryDirectory() as scratch:
        found, missing = systems(
            options.binaries.resolve() / "footing", options.venv.resolve(), options.without, pathlib.Path(scratch))
        times = {system.name: [] for system in found}
        for run in range(options.runs):
            common.say(f"start {run + 1} of {options.runs} of {len(found)} systems")
            for system in found:
                # Slow starters are measured less often: their spread is small beside their length.
                if run >= 5 and times[system.name][0] > 3000:
                    continue
                times[system.name].append(once(system)[0])
        rows = []
        for system in found:
            common.say(f"memory of {system.name} after {options.idle:.0f} s")
            measured = times[system.name]
            rows.append({
                "name": system.name,
                "version": system.version(),
                "starts": len(measured),
                "first_answer_ms_median": round(common.median(measured), 1),
                "first_answer_ms_p90": round(common.percentile(measured, 0.9), 1),
                "idle_rss_mb": round(once(system, options.idle)[1], 1),
            })

    print()
    common.table(rows, [
        ("name", "system"), ("starts", "starts"), ("first_answer_ms_median", "first answer, ms, median"),
        ("first_answer_ms_p90", "90 in 100 under"), ("idle_rss_mb", "idle memory, MB")])
    for entry in missing:
        print(f"not measured: {entry['name']}: {entry['why']}")
    ratios = ratios_of(rows)
    if options.json:
        common.write(options.json, "startup", rows, ratios, missing)
        print(f"written: {options.json}")
    own = next((row for row in rows if row["name"] == "footing"), None)
    return 0 if own else 1


def ratios_of(rows):
    """Each peer's figures divided by ours: over 1 means that the peer takes longer or more."""
    own = next((row for row in rows if row["name"] == "footing"), None)
    if not own:
        return {}
    ratios = {}
    for row in rows:
        if row is not own:
            for key in ("first_answer_ms_median", "idle_rss_mb"):
                ratios[f"{row['name']} / footing, {key}"] = round(row[key] / own[key], 2)
    return ratios


if __name__ == "__main__":
    sys.exit(main())
