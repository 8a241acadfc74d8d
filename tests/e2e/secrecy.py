"""What no log may show: numbers, names, addresses, tokens and passwords that the run has used."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from local_cloud.stack import Stack

# Lambda's own lines about a call, of which there are most: an id, times and sizes.
_PLATFORM = re.compile(
    r"(START|END|REPORT) RequestId: [0-9a-f-]{36}( Version: \$LATEST|(\t[A-Z][A-Za-z ]+: \d+ \w+)+)?"
)
_SHORTEST = 6
"""Shorter parts would be found in ids by chance."""


class Secrets:
    """What the run has used."""

    def __init__(self) -> None:
        self.texts: set[str] = set()

    def keep(self, *texts: str | None) -> None:
        """Remember what must not be seen."""
        self.texts.update(text for text in texts if text)

    def forms(self) -> Iterator[str]:
        """Each secret, in the ways in which a log might show it."""
        for text in self.texts:
            if len(text) < _SHORTEST:
                continue
            yield text
            if re.fullmatch(r"\+1\d{10}", text):
                yield text[2:]
                yield f"{text[2:5]}-{text[5:8]}-{text[8:]}"
            elif " " in text:
                yield from (part for part in text.split() if len(part) >= _SHORTEST)
            elif text.count(".") == 2:
                # A token: its claims name a person even where the signature was cut off.
                yield text.split(".")[1]

    def found_in(self, lines: Iterable[str]) -> list[str]:
        """The lines that show a secret."""
        lines = [line for line in lines if not _PLATFORM.fullmatch(line)]
        whole = "\n".join(lines).casefold()
        shown = [form.casefold() for form in self.forms() if form.casefold() in whole]
        return [line for line in lines if any(form in line.casefold() for form in shown)]


def log_lines(stack: Stack, directory: Path) -> dict[str, list[str]]:
    """All lines of the run, by where they were written: the emulator's own, and every log group."""
    client = stack.client("logs")
    found = {"emulator": (directory / "emulator.log").read_text(errors="replace").splitlines()}
    for group in client.describe_log_groups()["logGroups"]:
        name = group["logGroupName"]
        pages = client.get_paginator("filter_log_events").paginate(logGroupName=name)
        found[name] = [event["message"] for page in pages for event in page["events"]]
    return found
