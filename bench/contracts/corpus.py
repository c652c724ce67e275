"""Payloads that fit a schema, and payloads that do not, always the same ones.

Knows the keywords that the schemas of this repository use; what it makes is checked by every peer that takes part.
"""

import copy
import json
import pathlib
import random
import re

patterns = getattr(re, "_parser", None) or __import__("sre_parse")

WORDS = (
    "area answer bridge city corner date distance early empty exact field garden height island journey kind late market "
    "north number open order park place quiet river road school small station street time under valley water west"
).split()


class Maker:
    """Makes payloads for one schema document."""

    def __init__(self, document, seed):
        self.document = document
        self.random = random.Random(seed)

    def make(self, schema=None, depth=0):
        schema = self.document if schema is None else schema
        if "$ref" in schema:
            return self.make(self.target(schema["$ref"]), depth)
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return self.random.choice(schema["enum"])
        for keyword in ("oneOf", "anyOf"):
            if keyword in schema:
                choices = schema[keyword]
                return self.make(self.random.choice(choices if depth < 6 else choices[:3]), depth + 1)
        kind = schema.get("type", "string")
        if isinstance(kind, list):
            kind = self.random.choice(kind)
        return getattr(self, "make_" + kind)(schema, depth)

    def target(self, reference):
        found = self.document
        for part in reference.removeprefix("#/").split("/"):
            found = found[part]
        return found

    def make_object(self, schema, depth):
        required = schema.get("required", [])
        return {
            name: self.make(part, depth + 1)
            for name, part in schema.get("properties", {}).items()
            if name in required or self.random.random() < 0.8
        }

    def make_array(self, schema, depth):
        least = schema.get("minItems", 0)
        most = schema.get("maxItems", least + 12)
        if least < 10:
            most = min(most, least + 12)
        return [self.make(schema.get("items", {}), depth + 1) for _ in range(self.random.randint(least, most))]

    def make_string(self, schema, depth):
        form, pattern = schema.get("format"), schema.get("pattern", "")
        pick = self.random.choice
        if form == "date":
            return f"20{self.random.randint(10, 29)}-{self.random.randint(1, 12):02}-{self.random.randint(1, 28):02}"
        if form == "date-time":
            return f"2026-11-{self.random.randint(1, 28):02}T12:{self.random.randint(0, 59):02}:07.250Z"
        if form == "email":
            return f"{pick(WORDS)}.{pick(WORDS)}@example.org"
        if pattern:
            return self.matching(patterns.parse(pattern))
        text = " ".join(pick(WORDS) for _ in range(self.random.randint(1, 4)))
        least, most = schema.get("minLength", 0), schema.get("maxLength", len(text) + 1)
        return (text + "x" * least)[: max(min(len(text), most), least)]

    def matching(self, parts):
        """A text that the parsed pattern finds: its literals, classes and repetitions."""
        text = ""
        for kind, value in parts:
            kind = str(kind)
            if kind == "LITERAL":
                text += chr(value)
            elif kind == "IN":
                ranges = [part for part in value if str(part[0]) in ("RANGE", "LITERAL")]
                kind, value = self.random.choice(ranges)
                text += chr(self.random.randint(*value) if str(kind) == "RANGE" else value)
            elif kind == "MAX_REPEAT":
                least, most, part = value
                text += "".join(self.matching(part) for _ in range(self.random.randint(least, min(most, least + 8))))
            elif kind == "SUBPATTERN":
                text += self.matching(value[-1])
            elif kind != "AT":
                raise ValueError(f"no text is known for {kind} in a pattern")
        return text

    def make_integer(self, schema, depth):
        return self.random.randint(schema.get("minimum", 0), schema.get("maximum", 100000))

    def make_number(self, schema, depth):
        low, high = schema.get("minimum", schema.get("exclusiveMinimum", 0) + 1), schema.get("maximum", 5000)
        return round(self.random.uniform(low, high), self.random.choice([0, 1, 2, 5]))

    def make_boolean(self, schema, depth):
        return self.random.random() < 0.5

    def make_null(self, schema, depth):
        return None


def spoiled(payload, maker):
    """A copy with one wrong thing: a member gone, or a value of a type that fits nowhere."""
    payload = copy.deepcopy(payload)
    places = []

    def walk(value):
        if isinstance(value, dict):
            places.extend((value, key) for key in value)
            for part in value.values():
                walk(part)
        elif isinstance(value, list):
            for part in value:
                walk(part)

    walk(payload)
    container, key = maker.random.choice(places)
    container[key] = {"unexpected": ["kind", "of", "value"]}
    return payload


def schemas(root):
    """Names and documents: those made for this benchmark, and the example project's contracts."""
    folders = [("made", root / "bench/contracts/schemas"), ("example", root / "examples/rent-vs-commute/footing/contracts")]
    for prefix, folder in folders:
        for path in sorted(folder.glob("*.json")):
            document = json.loads(path.read_text(encoding="utf-8"))
            # What a contract must not assume is left out: only whole documents without references to others.
            if '"$ref": "#' in path.read_text(encoding="utf-8") or "$ref" not in path.read_text(encoding="utf-8"):
                yield f"{prefix}-{path.stem}", document


def write(root, folder, bytes_per_set=400_000):
    """Writes the sets into a folder; gives a dictionary of how many payloads of each are meant to be invalid."""
    meant = {}
    for name, document in schemas(root):
        for kind in ("valid", "invalid"):
            maker = Maker(document, f"{name} {kind}")
            target = pathlib.Path(folder) / f"{name}-{kind}"
            target.mkdir(parents=True)
            (target / "schema.json").write_text(json.dumps(document), encoding="utf-8")
            size, count = 0, 0
            with open(target / "instances.jsonl", "w", encoding="utf-8") as file:
                while size < bytes_per_set and count < 2000:
                    payload = maker.make()
                    if kind == "invalid":
                        payload = spoiled(payload, maker)
                    line = json.dumps(payload, separators=(",", ":")) + "\n"
                    file.write(line)
                    size += len(line)
                    count += 1
            meant[target.name] = kind == "valid"
    return meant
