"""How fast answers are searched for secrets on their way out.

200 secrets, three payloads of 32 MB: an API's answers, the same with many escapes, and one that quotes secrets. The peer
is the Aho-Corasick automaton of Rust (PyPI ahocorasick_rs). It looks for the values as they are written; Footing for all
their spellings, in base64, hexadecimal and through escapes of JSON, URLs and HTML, in pieces as they pass.
"""

import argparse
import json
import os
import pathlib
import random
import string
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SIZE = 32 << 20
LETTERS = string.ascii_letters + string.digits
GOAL = 500e6

PEER = """
import json, pathlib, sys, time
import ahocorasick_rs
folder, seconds = pathlib.Path(sys.argv[1]), float(sys.argv[2])
values = folder.joinpath("secrets.txt").read_bytes().split()
automaton = ahocorasick_rs.BytesAhoCorasick(values)
results = {}
for path in sorted(folder.glob("*.json")):
    payload = path.read_bytes()
    pieces = [payload[i:i + 65536] for i in range(0, len(payload), 65536)]
    best, end = float("inf"), time.monotonic() + seconds
    while time.monotonic() < end:
        began = time.perf_counter()
        found = sum(len(automaton.find_matches_as_indexes(piece)) for piece in pieces)
        best = min(best, time.perf_counter() - began)
    results[path.name] = {"bytes_per_s": int(len(payload) / best), "found": found}
print(json.dumps(results))
"""


def key(dice, length):
    return "".join(dice.choice(LETTERS) for _ in range(length))


def corpus(folder):
    dice = random.Random(7)
    prefixes = ["sk_live_51", "ghp_", "xoxb-", "AIzaSy", "SG.", ""]
    secrets = [dice.choice(prefixes) + key(dice, dice.randint(20, 48)) for _ in range(200)]
    folder.joinpath("secrets.txt").write_text("\n".join(secrets) + "\n")

    def rows(extra):
        parts, size = [], 0
        while size < SIZE:
            row = json.dumps(
                {
                    "id": key(dice, 24),
                    "created": dice.randint(1_500_000_000, 1_800_000_000),
                    "amount": round(dice.random() * 1000, 2),
                    "status": dice.choice(["open", "paid", "void"]),
                    "customer": {"name": "Ada Lovelace", "city": "Berlin", "active": dice.random() < 0.5},
                    "lines": [dice.randint(0, 10_000) for _ in range(8)],
                    "note": extra(),
                }
            )
            parts.append(row)
            size += len(row) + 1
        return "[" + ",".join(parts) + "]"

    text = "The quick brown fox jumps over the lazy dog while nobody is looking at the gate"
    escaped = 'Ein "Zitat" aus Köln\n\tund https://a.example/?q=%20a&amp;b Größe'
    folder.joinpath("plain.json").write_text(rows(lambda: text))
    folder.joinpath("escaped.json").write_text(rows(lambda: escaped))
    folder.joinpath("quoting.json").write_text(rows(lambda: dice.choice(secrets) if dice.random() < 0.01 else text))


def measure(command):
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binaries", type=pathlib.Path, required=True)
    parser.add_argument("--venv", type=pathlib.Path, required=True)
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--json", type=pathlib.Path)
    options = parser.parse_args()

    build = ["swift", "build", "--package-path", str(ROOT), *os.environ.get("BENCH_BUILD", "-c release").split()]
    subprocess.run([*build, "--product", "leak-guard-bench"], check=True, stdout=subprocess.DEVNULL)
    result = {"bench": "leak-guard", "secrets": 200, "goal_bytes_per_s": GOAL, "rows": [], "missing": [], "ratios": {}}
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        corpus(folder)
        ours = measure([options.binaries / "leak-guard-bench", folder, str(options.seconds)])
        python = options.venv / "bin" / "python"
        try:
            peer = measure([python, "-c", PEER, folder, str(options.seconds)])
        except (OSError, subprocess.CalledProcessError) as error:
            peer = None
            result["missing"].append({"name": "ahocorasick_rs", "why": str(error)})
    for system, figures in (("footing", ours), ("ahocorasick_rs", peer)):
        for payload, row in (figures or {}).items():
            result["rows"].append({"system": system, "payload": payload, **row})
    if peer:
        for payload in ours:
            ratio = ours[payload]["bytes_per_s"] / peer[payload]["bytes_per_s"]
            result["ratios"][payload.removesuffix(".json") + "_vs_ahocorasick_rs"] = round(ratio, 2)
    for row in result["rows"]:
        print(f"{row['system']:16} {row['payload']:14} {row['bytes_per_s'] / 1e6:8.0f} MB/s  {row['found']:6} found")
    for name, ratio in result["ratios"].items():
        print(f"{name:40} {ratio}")
    for entry in result["missing"]:
        print(f"not measured: {entry['name']}: {entry['why']}")
    if options.json:
        options.json.write_text(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
