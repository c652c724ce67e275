"""Runs in the environment of the Python peers: python_peers.py FOLDER SECONDS, prints a JSON object."""

import importlib.metadata
import json
import pathlib
import sys
import time


def best(seconds, body):
    """Nanoseconds of the processor for the shortest round within the time."""
    end = time.process_time_ns() + int(seconds * 1e9)
    body()
    shortest = None
    while shortest is None or time.process_time_ns() < end:
        began = time.process_time_ns()
        body()
        took = time.process_time_ns() - began
        shortest = took if shortest is None else min(shortest, took)
    return shortest


def load(name):
    try:
        return __import__(name)
    except ImportError:
        return None


def measure(folder, seconds, peers):
    schema = json.loads((folder / "schema.json").read_text(encoding="utf-8"))
    lines = (folder / "instances.jsonl").read_bytes().splitlines()
    result = {}
    orjson = peers["orjson"]
    parse = orjson.loads if orjson else json.loads
    values = [parse(line) for line in lines]
    if orjson:
        result["orjson"] = {"parse_ns": best(seconds, lambda: [parse(line) for line in lines])}
    if peers["jsonschema_rs"]:
        accepts = peers["jsonschema_rs"].validator_for(schema, validate_formats=True).is_valid
        result["jsonschema_rs"] = {
            "valid": sum(map(accepts, values)),
            "validate_ns": best(seconds, lambda: [accepts(value) for value in values]),
            "verdict_ns": best(seconds, lambda: [accepts(parse(line)) for line in lines]),
        }
    if peers["fastjsonschema"]:
        # It knows drafts 4 to 7; the schemas use nothing of 2020-12 that it would need to know but for $defs.
        older = json.loads(json.dumps(schema).replace("$defs", "definitions"))
        older["$schema"] = "http://json-schema.org/draft-07/schema#"
        try:
            check = peers["fastjsonschema"].compile(older)
            wrong = peers["fastjsonschema"].JsonSchemaException

            def holds(value):
                try:
                    check(value)
                    return True
                except wrong:
                    return False

            result["fastjsonschema"] = {
                "valid": sum(map(holds, values)),
                "validate_ns": best(seconds, lambda: [holds(value) for value in values]),
            }
        except Exception as why:  # noqa: BLE001 (a peer's failure is a result)
            result["fastjsonschema"] = {"why": f"{type(why).__name__}: {why}"[:200]}
    return result


def main():
    folder, seconds = pathlib.Path(sys.argv[1]), float(sys.argv[2])
    names = ["orjson", "jsonschema_rs", "fastjsonschema"]
    peers = {name: load(name) for name in names}
    versions = {name: importlib.metadata.version(name.replace("_", "-")) for name in names if peers[name]}
    sets = {path.name: measure(path, seconds, peers) for path in sorted(folder.iterdir())}
    print(json.dumps({"versions": versions, "sets": sets}))


if __name__ == "__main__":
    main()
