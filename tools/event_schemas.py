"""Writes `docs/events/*.json`, the JSON Schemas of events' details, or with `--check` compares them."""

import argparse
import json
import sys
from pathlib import Path

from redflag.service.events.shapes import EVENTS, Event

DIRECTORY = Path(__file__).parent.parent / "docs" / "events"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(name: str, shape: type[Event]) -> str:
    """The schema of an event's detail, as the text of its file."""
    described = shape.model_json_schema(mode="serialization")
    return json.dumps({"$schema": _DIALECT} | described | {"title": name}, indent=2) + "\n"


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 on a difference")
    check = parser.parse_args().check
    wanted = {f"{name}.json": schema(name, shape) for name, shape in EVENTS.items()}
    found = {path.name: path.read_text() for path in DIRECTORY.glob("*.json")}
    if check and found != wanted:
        sys.stderr.write("docs/events is not what the code says. Run: python tools/event_schemas.py\n")
        return 1
    if not check:
        DIRECTORY.mkdir(exist_ok=True)
        for name in found.keys() - wanted.keys():
            (DIRECTORY / name).unlink()
        for name, text in wanted.items():
            (DIRECTORY / name).write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
