"""How fast payloads are read and judged, beside the fastest parsers and validators there are.

Sets of payloads are made from the schemas in the repository, valid and invalid ones. For every set and system: seconds
to read all payloads, to judge them after they were read, and for both. Each figure is the best of the rounds that fit
into the time given, in time of the processor (for the native peer, which times itself, the best of its averages), so a
busy moment of the machine does not count. Peers run beside, nothing is linked. The verdicts of all systems must be the
same.
"""

import argparse
import json
import os
import math
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(HERE.parent), str(HERE)]
import common  # noqa: E402
import corpus  # noqa: E402

NAMES = {"jsonschema_rs": "jsonschema-rs", "orjson": "orjson", "fastjsonschema": "fastjsonschema"}


def build(binaries):
    """Our program for this benchmark, built where bin/bench built the product."""
    program = binaries / "contracts-bench"
    command = ["swift", "build", "--package-path", ROOT, "--product", "contracts-bench"]
    command += os.environ.get("BENCH_BUILD", "-c release").split()
    if not program.exists() or binaries.parent.parent.name == ".build-release":
        subprocess.run(command, check=True, stdout=sys.stderr)
    return program


def run(command):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError((done.stderr or done.stdout).strip()[-300:])
    return json.loads(done.stdout)


def blaze(venv, folder, rounds, loops):
    """Nanoseconds of judging alone, by the native program of the Python package in its fast mode."""
    kind = "darwin" if sys.platform == "darwin" else "linux"
    arch = "arm64" if common.machine()["arch"] in ("arm64", "aarch64") else "x86_64"
    found = list(venv.glob(f"lib/python*/site-packages/sourcemeta_jsonschema/jsonschema-{kind}-{arch}"))
    if not found:
        raise RuntimeError("sourcemeta-jsonschema could not be installed from the package index")
    command = [found[0], "validate", "--fast", "--benchmark", "--continue", "--format-assertion", "--loop", str(loops)]
    shortest, valid = [], 0
    for _ in range(rounds):
        done = subprocess.run(
            [*command, folder / "schema.json", folder / "instances.jsonl"], capture_output=True, text=True, check=False)
        lines = re.findall(r": (PASS|FAIL) ([0-9.]+) \+-", done.stdout + done.stderr)
        if not lines:
            raise RuntimeError((done.stderr or done.stdout).strip()[-200:])
        took = [float(time) * 1000 for _, time in lines]
        shortest = [min(pair) for pair in zip(shortest, took)] if shortest else took
        valid = sum(verdict == "PASS" for verdict, _ in lines)
    return {"validate_ns": sum(shortest), "valid": valid, "payloads": len(lines)}


def mean(values):
    """The geometric mean, as ratios ask for."""
    values = [value for value in values if value]
    return round(math.exp(sum(map(math.log, values)) / len(values)), 2) if values else None


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binaries", required=True, type=pathlib.Path, help="folder of the built program")
    parser.add_argument("--venv", required=True, type=pathlib.Path, help="where Python peers are installed")
    parser.add_argument("--json", type=pathlib.Path)
    parser.add_argument("--seconds", type=float, default=0.5, help="for each figure of each set")
    parser.add_argument("--rounds", type=int, default=3, help="runs of the program that loops by itself")
    options = parser.parse_args()
    program = build(options.binaries.resolve())
    python = options.venv / "bin" / "python"

    missing, differences = [], []
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch) / "sets"
        meant = corpus.write(ROOT, folder)
        common.say(f"{len(meant)} sets: footing")
        ours = run([program, folder, options.seconds])
        common.say("python peers")
        try:
            peers = run([python, HERE / "python_peers.py", folder, options.seconds])
        except (RuntimeError, OSError) as why:
            peers = {"versions": {}, "sets": {}}
            missing.append({"name": "python peers", "why": str(why)})
        missing += [
            {"name": NAMES[name], "why": "could not be installed from the package index"}
            for name in NAMES if name not in peers["versions"]]
        natives = {}
        for name in ours:
            common.say(f"blaze: {name}")
            try:
                natives[name] = blaze(options.venv.resolve(), folder / name, options.rounds, 200)
            except (RuntimeError, OSError) as why:
                missing.append({"name": f"sourcemeta-jsonschema, {name}", "why": str(why)})

    rows = []
    for name, own in ours.items():
        other = peers["sets"].get(name, {})
        native = natives.get(name, {})
        expected = own["payloads"] if meant[name] else None
        verdicts = {"footing": own["valid"], "jsonschema-rs": other.get("jsonschema_rs", {}).get("valid"),
                    "sourcemeta-jsonschema": native.get("valid")}
        if len({count for count in verdicts.values() if count is not None}) > 1 or expected not in (None, own["valid"]):
            differences.append({"set": name, "valid": verdicts, "payloads": own["payloads"]})
        rows.append({
            "name": name,
            "payloads": own["payloads"],
            "valid": own["valid"],
            "bytes": own["bytes"],
            "parse_mb_s": speed(own, own["parse_ns"]),
            "verdict_mb_s": speed(own, own["verdict_ns"]),
            "validate_ns_each": round(own["validate_ns"] / own["payloads"], 1),
            "tree_mb_s": speed(own, own["tree_ns"]),
            "orjson_mb_s": speed(own, other.get("orjson", {}).get("parse_ns")),
            "jsonschema_rs_verdict_mb_s": speed(own, other.get("jsonschema_rs", {}).get("verdict_ns")),
            "fastjsonschema_ns_each": each(own, other.get("fastjsonschema", {}).get("validate_ns")),
            "blaze_ns_each": each(own, native.get("validate_ns")),
            "compile_ms": round(own["compile_ns"] / 1e6, 2),
        })
    ratios = {
        "parse_vs_orjson": mean([ratio(row["parse_mb_s"], row["orjson_mb_s"]) for row in rows]),
        "verdict_vs_jsonschema_rs": mean([ratio(row["verdict_mb_s"], row["jsonschema_rs_verdict_mb_s"]) for row in rows]),
        "validate_time_vs_blaze": mean([ratio(row["validate_ns_each"], row["blaze_ns_each"]) for row in rows]),
        "tree_vs_orjson": mean([ratio(row["tree_mb_s"], row["orjson_mb_s"]) for row in rows]),
    }
    print()
    common.table(rows, [
        ("name", "set"), ("payloads", "payloads"), ("parse_mb_s", "parse, MB/s"), ("orjson_mb_s", "orjson"),
        ("verdict_mb_s", "verdict, MB/s"), ("jsonschema_rs_verdict_mb_s", "jsonschema-rs"),
        ("validate_ns_each", "validate, ns each"), ("blaze_ns_each", "blaze"),
        ("fastjsonschema_ns_each", "fastjsonschema")])
    print("ratios: " + ", ".join(f"{name} {value}" for name, value in ratios.items()))
    for entry in missing:
        print(f"not measured: {entry['name']}: {entry['why']}")
    for entry in differences:
        print(f"verdicts differ: {entry}")
    if options.json:
        common.write(options.json, "contracts", rows, ratios, missing + differences)
        print(f"written: {options.json}")
    return 1 if differences else 0


def speed(own, nanoseconds):
    return round(own["bytes"] / nanoseconds * 1000, 1) if nanoseconds else None


def each(own, nanoseconds):
    return round(nanoseconds / own["payloads"], 1) if nanoseconds else None


def ratio(one, other):
    return one / other if one and other else None


if __name__ == "__main__":
    sys.exit(main())
