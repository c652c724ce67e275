"""What a call through a gateway costs: nginx, haproxy, Envoy, Caddy, Traefik, LiteLLM and Footing, side by side.

One worker each on processor 0; wrk and the upstream (nginx) on processor 1; loopback; kept connections on both sides.
All gateways are started once; while one is measured, the others are stopped by signal. The repetitions of the systems
take turns, so that a busy moment of the machine does not fall on one of them alone. Time on the processor is that of
the process and its children, user and system, and is the figure to trust on a busy machine.
"""

import argparse
import os
import pathlib
import platform
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import common  # noqa: E402
import load  # noqa: E402
import project as projects  # noqa: E402
import systems  # noqa: E402

FIGURES = ("requests_per_s", "p50_ms", "p99_ms", "cpu_us_per_request", "rss_mb")
FULL, BARE, ENVOY = systems.FootingFull.name, systems.FootingBare.name, systems.Envoy.name


def found(options, scratch, upstream, sink):
    """All systems that can be had, running, and why the others cannot."""
    venv = options.venv.resolve()
    binary = options.binaries.resolve() / "footing"
    makers = {
        "nginx": systems.Nginx,
        "haproxy": systems.HAProxy,
        ENVOY: lambda *given: systems.Envoy(*given, venv),
        "caddy": lambda *given: systems.Caddy(*given, venv),
        "traefik": lambda *given: systems.Traefik(*given, venv),
        "litellm": lambda *given: systems.LiteLLM(*given, venv),
        BARE: lambda *given: systems.FootingBare(*given, binary),
        FULL: lambda *given: systems.FootingFull(*given, binary),
    }
    running, missing = [], []
    for number, (name, make) in enumerate(makers.items()):
        if any(name.startswith(skipped) for skipped in options.without):
            missing.append({"name": name, "why": "left out by request"})
            continue
        common.say(f"starting {name}")
        system = None
        try:
            system = make(scratch / str(number), upstream, sink)
            system.start()
            open_limits(system)
            system.pause()
            running.append(system)
        except (systems.Missing, projects.Refused, load.Failed, RuntimeError, OSError) as why:
            if system:
                system.stop()
            missing.append({"name": name, "why": " ".join(str(why).split())[:400]})
    return running, missing


def open_limits(system):
    """A program that grants one token only so much is called with many."""
    if not isinstance(system, systems.Footing):
        return
    if load.wrk(system.target(), 2, 64, system.tokens)["bad_status"] == 0:
        return
    system.tokens += [system.project.token("call:*", name=f"yardstick-{number}") for number in range(99)]
    system.note("one token may not make that many calls here: 100 tokens take turns")
    time.sleep(2)


def measured(system, path, seconds, connections):
    """One run: figures of wrk and the processor time a request took."""
    pids = system.server.tree()
    system.go_on()
    try:
        seconds = max(seconds, system.least_seconds)
        load.wrk(system.target(path), max(1, seconds // 5), connections, system.tokens)
        before = load.cpu_seconds(pids)
        figures = load.wrk(system.target(path), seconds, connections, system.tokens)
        cost = load.cpu_seconds(pids) - before
        memory = system.server.resident_mb()
    finally:
        system.pause()
    good = figures["requests"] - figures["bad_status"]
    return {
        "requests_per_s": round(good / figures["seconds"]),
        "p50_ms": round(figures["p50_ms"], 3),
        "p99_ms": round(figures["p99_ms"], 3),
        "cpu_us_per_request": round(cost / max(figures["requests"], 1) * 1e6, 1),
        "rss_mb": round(memory, 1),
        "bad": figures["bad_status"] + figures["broken"],
    }


def rates(running, options, path=None, connections=64):
    """Rows of medians with the spread of the repetitions."""
    runs = {system.name: [] for system in running}
    for repetition in range(options.repetitions):
        for system in running:
            common.say(f"{path or 'small answers'}, run {repetition + 1} of {options.repetitions}: {system.name}")
            made = measured(system, path, options.seconds, connections)
            # A moment in which the machine did nothing at all says nothing about a system.
            if made["requests_per_s"] == 0:
                made = measured(system, path, options.seconds, connections)
            runs[system.name].append(made)
    return [row(system, runs[system.name]) for system in running]


def row(system, runs):
    made = {"name": system.name, "version": system.version()}
    for key in FIGURES:
        values = [run[key] for run in runs]
        # Memory only grows with use: the most that was seen counts.
        made[key] = max(values) if key == "rss_mb" else common.median(values)
        made[f"{key}_least"], made[f"{key}_most"] = min(values), max(values)
    made["bad_answers"] = sum(run["bad"] for run in runs)
    made["notes"] = system.notes
    return made


def direct(upstream, options):
    """The upstream without a gateway: how much room the load generator leaves."""
    target = systems.Target(upstream.port, systems.SMALL)
    figures = [load.wrk(target, options.seconds, 64) for _ in range(options.repetitions)]
    return {
        "name": "no gateway (the upstream itself)",
        "requests_per_s": round(common.median([figure["requests"] / figure["seconds"] for figure in figures])),
        "p50_ms": round(common.median([figure["p50_ms"] for figure in figures]), 3),
        "p99_ms": round(common.median([figure["p99_ms"] for figure in figures]), 3),
    }


def memory(system, options):
    """Memory of a fresh process: idle, then with many idle callers; of another: the peak while 1 GiB passes."""
    figures = {"name": system.name, "callers": options.callers}
    restart(system)
    time.sleep(options.idle)
    figures["idle_rss_mb"] = round(system.server.resident_mb(), 1)
    attempt(figures, "with many idle callers", lambda: with_callers(system, figures))
    restart(system)
    pids = system.server.tree()
    for key, path, carry in (
        ("download", systems.GIGABYTE, load.download), ("upload", systems.SINK, load.upload),
    ):
        def passed(path=path, carry=carry):
            load.forget_peak(pids)
            began = time.perf_counter()
            carry(system.target(path), system.token, load.GIGABYTE)
            figures[f"{key}_mb_per_s"] = round(load.GIGABYTE / 1e6 / (time.perf_counter() - began))
            figures[f"{key}_peak_rss_mb"] = round(load.peak_mb(pids), 1)
        attempt(figures, key, passed)
    return figures


def restart(system):
    system.stop()
    system.server = system.launch()
    system.server.first_answer(system.port, "/readyz" if isinstance(system, systems.Footing) else system.path)


def with_callers(system, figures):
    callers = load.Callers(system.target(), figures["callers"], system.tokens)
    try:
        time.sleep(1)
        figures["callers_rss_mb"] = round(system.server.resident_mb(), 1)
        try:
            callers.ask_again(100)
        except (load.Failed, OSError) as why:
            failed(figures, "a caller that was idle asks again", why)
    finally:
        callers.close()


def attempt(figures, what, measure):
    try:
        measure()
    except (load.Failed, OSError, ValueError) as why:
        failed(figures, what, why)


def failed(figures, what, why):
    figures.setdefault("failed", []).append(f"{what}: {' '.join(str(why).split())[:200]}")


def ratios_of(rows, memories):
    """What the goals are about; a name says which figure is divided by which."""
    by_name = {row["name"]: row for row in rows}
    ratios = {}

    def put(key, upper, lower, figure):
        if upper in by_name and lower in by_name and by_name[lower][figure]:
            ratios[key] = round(by_name[upper][figure] / by_name[lower][figure], 2)

    for key, name in (("bare", BARE), ("everything_on", FULL)):
        for peer in ("nginx", "haproxy", ENVOY, "caddy", "traefik"):
            put(f"{key}_cpu_vs_{peer.split(',')[0]}", name, peer, "cpu_us_per_request")
    put("rate_vs_litellm", FULL, "litellm", "requests_per_s")
    put("bare_rate_vs_litellm", BARE, "litellm", "requests_per_s")
    return ratios


def goals_of(rows, memories, ratios):
    """The goals of this benchmark: what was wanted, what was found."""
    by_name = {row["name"]: row for row in rows}
    own = next((figures for figures in memories if figures["name"] == FULL), {})
    peak = [own.get("download_peak_rss_mb"), own.get("upload_peak_rss_mb")]
    wanted = [
        ("bare, CPU per request, times nginx's", "at most", 1.25, ratios.get("bare_cpu_vs_nginx")),
        ("everything on, CPU per request, times nginx's", "at most", 2, ratios.get("everything_on_cpu_vs_nginx")),
        ("everything on, CPU per request, times Envoy's", "under", 1, ratios.get("everything_on_cpu_vs_envoy")),
        ("everything on, p99, ms", "under", 5, by_name.get(FULL, {}).get("p99_ms")),
        ("everything on, rate, times LiteLLM's", "at least", 30, ratios.get("rate_vs_litellm")),
        ("idle memory, MB", "under", 40, own.get("idle_rss_mb")),
        (f"memory with {own.get('callers', 0):,} idle callers, MB", "under", 150, own.get("callers_rss_mb")),
        # Constant: not more than a few buffers above what it takes without.
        ("peak memory while 1 GiB passes, MB", "under", 100, max(peak) if None not in peak else None),
    ]
    holds = {"at most": lambda a, b: a <= b, "under": lambda a, b: a < b, "at least": lambda a, b: a >= b}
    return [
        {"goal": what, "wanted": f"{word} {bound}", "found": found_value,
         "met": None if found_value is None else holds[word](found_value, bound)}
        for what, word, bound, found_value in wanted]


def markdown(document):
    """The result as a page."""
    machine = document["machine"]
    lines = [
        f"{machine['cpu']}, {machine['cores']} processors, {machine['system']} {machine['release']}; "
        f"{document['repetitions']} runs of {document['seconds']} s each; load before {machine['load_before']}.", "",
        "**1 KB answers, 64 connections**", ""]
    lines += rate_table(document["rows"])
    if document["large"]:
        lines += ["", "**64 KB answers, 32 connections**", ""] + rate_table(document["large"])
    if document["memory"]:
        lines += ["", "**Memory, MB**", ""]
        lines += table(document["memory"], [
            ("name", "system"), ("idle_rss_mb", "idle"), ("callers_rss_mb", "with many idle callers"),
            ("download_peak_rss_mb", "peak, 1 GiB down"), ("download_mb_per_s", "MB/s down"),
            ("upload_peak_rss_mb", "peak, 1 GiB up"), ("upload_mb_per_s", "MB/s up")])
    lines += ["", "**Goals**", ""]
    lines += table(document["goals"], [("goal", "goal"), ("wanted", "wanted"), ("found", "found"), ("met", "met")])
    lines.append("")
    for entry in document["missing"]:
        lines.append(f"- not measured: {entry['name']}: {entry['why']}")
    for entry in document["rows"]:
        lines += [f"- {entry['name']}: {note}" for note in entry.get("notes", [])]
        if entry.get("bad_answers"):
            lines.append(f"- {entry['name']}: {entry['bad_answers']:,} answers were not 200 or did not come")
    for entry in document["memory"]:
        lines += [f"- {entry['name']}: failed: {why}" for why in entry.get("failed", [])]
    return "\n".join(lines).rstrip() + "\n"


def shown(value):
    """A figure with as many digits as are of use."""
    if isinstance(value, float) and abs(value) < 10:
        return f"{value:.2f}"
    return f"{value:,}" if isinstance(value, int) else common.text(value)


def rate_table(rows):
    cells = []
    for entry in rows:
        cell = {"name": entry["name"]}
        for key in FIGURES:
            value = entry.get(key)
            if value is None:
                continue
            cell[key] = shown(value)
            if key != "rss_mb" and f"{key}_least" in entry:
                cell[key] += f" ({shown(entry[f'{key}_least'])} to {shown(entry[f'{key}_most'])})"
        cells.append(cell)
    return table(cells, [
        ("name", "system"), ("requests_per_s", "requests/s"), ("p50_ms", "p50, ms"), ("p99_ms", "p99, ms"),
        ("cpu_us_per_request", "CPU, µs/request"), ("rss_mb", "memory, MB")])


def table(rows, columns):
    words = {True: "yes", False: "**no**"}
    lines = ["| " + " | ".join(title for _, title in columns) + " |", "|---" + "|---:" * (len(columns) - 1) + "|"]
    for entry in rows:
        cells = [words[value] if isinstance(value := entry.get(key), bool) else shown(value) for key, _ in columns]
        lines.append("| " + " | ".join(cells) + " |")
    return lines


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binaries", required=True, type=pathlib.Path, help="folder of the built program")
    parser.add_argument("--venv", required=True, type=pathlib.Path, help="where Python peers are installed")
    parser.add_argument("--json", type=pathlib.Path)
    parser.add_argument("--markdown", type=pathlib.Path)
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=5, help="of each run; one second of warming comes before")
    parser.add_argument("--idle", type=float, default=5.0, help="seconds before idle memory is read")
    parser.add_argument("--callers", type=int, default=10_000, help="idle callers")
    parser.add_argument("--without", action="append", default=[], help="a system to leave out")
    parser.add_argument("--only-rates", action="store_true", help="neither 64 KB answers nor memory")
    options = parser.parse_args()
    if platform.system() != "Linux" or not common.find("taskset") or (os.cpu_count() or 1) < 2:
        print("This benchmark pins processes and reads /proc: it needs Linux, taskset and two processors.")
        return 2
    if not common.find("wrk"):
        print("wrk is not installed.")
        return 2
    options.callers = min(options.callers, load.allow_many_files() - 500)

    machine = common.machine()
    running = []
    sink = load.Sink()
    with tempfile.TemporaryDirectory() as folder:
        scratch = pathlib.Path(folder)
        upstream = systems.Upstream(scratch / "upstream")
        try:
            running, missing = found(options, scratch, upstream, sink)
            rows = [direct(upstream, options)] + rates(running, options)
            large, memories = [], []
            if not options.only_rates:
                general = [system for system in running if system.is_general]
                large = rates(general, options, systems.LARGE, 32)
                for system in general:
                    common.say(f"memory of {system.name}")
                    memories.append(memory(system, options))
                    system.stop()
        finally:
            for system in running:
                system.stop()
            upstream.stop()
            sink.close()

    ratios = ratios_of(rows, memories)
    document = {
        "machine": machine, "rows": rows, "large": large, "memory": memories, "ratios": ratios, "missing": missing,
        "goals": goals_of(rows, memories, ratios), "repetitions": options.repetitions, "seconds": options.seconds,
    }
    page = markdown(document)
    print(page)
    if options.markdown:
        options.markdown.write_text(page)
        print(f"written: {options.markdown}")
    if options.json:
        extra = {key: document[key] for key in ("large", "memory", "goals", "repetitions", "seconds")}
        common.write(options.json, "gateway", rows, ratios, missing, machine=machine, **extra)
        print(f"written: {options.json}")
    return 0 if any(entry["name"] == FULL for entry in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
