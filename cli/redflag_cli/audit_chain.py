"""Whether a log's entries are all there, in order, and as they were written."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from redflag.store.audit import FIRST_HASH, seal, sort_key
from redflag.store.database import Item

_HEAD = re.compile(r"([0-9]{1,12}):([0-9a-f]{64})")
_NUMBER = re.compile(r"[0-9]{12}")


@dataclass(frozen=True)
class Head:
    """The newest entry of a log, or one that once was: its number and hash stand for all before it."""

    number: int = 0
    hash: str = FIRST_HASH

    @classmethod
    def parse(cls, text: str) -> "Head":
        """A head as it was printed. Raises `ValueError` with a sentence."""
        found = _HEAD.fullmatch(text)
        if found is None:
            raise ValueError("Give a head as it was printed: NUMBER:HASH, with 64 characters of hash.")
        return cls(int(found[1]), found[2])

    def __str__(self) -> str:
        """The form in which it is kept."""
        return f"{self.number}:{self.hash}"


class BrokenChain(Exception):
    """A log is not what was written. The message says which one, at which number, and what is wrong."""


def verify(log: str, items: Iterable[Item], since: Head | None = None) -> Head:
    """The head of a log, of its items in their order. Raises `BrokenChain` at the first broken link.

    `since` is a head that was kept; it must still be a part of the log.
    """
    head = Head()
    _compare(log, head, since)
    for item in items:
        number = head.number + 1
        _check_number(log, number, item)
        content = _check_content(log, number, item)
        if content["previous"] != head.hash:
            raise BrokenChain(
                f"The log of {log} is broken at entry {number}: it is sealed onto another entry than the one "
                "that stands before it. One of the two was changed and sealed anew, or put out of order."
            )
        head = Head(number, content["hash"])
        _compare(log, head, since)
    if since is not None and head.number < since.number:
        raise BrokenChain(
            f"The log of {log} ends at entry {head.number}, and the head that was kept is entry "
            f"{since.number}: entry {head.number + 1} is missing, and all after it."
        )
    return head


def _check_number(log: str, number: int, item: Item) -> None:
    found: str = item["sk"]["S"]
    if found == sort_key(number):
        return
    if not _NUMBER.fullmatch(found):
        raise BrokenChain(
            f"The log of {log} is broken after entry {number - 1}: what follows is numbered {found!r}, "
            "which is no number. It was put there by hand."
        )
    if int(found) > number:
        raise BrokenChain(
            f"The log of {log} is broken at entry {number}: it is missing. The next one is {int(found)}."
        )
    raise BrokenChain(
        f"The log of {log} is broken at entry {number}: entry {int(found)} stands in its place, out of order."
    )


def _check_content(log: str, number: int, item: Item) -> dict[str, Any]:
    # Redflag writes nothing but text, so a value that is not text was changed.
    content = {name: value.get("S") for name, value in item.items()}
    whole = "previous" in content and all(isinstance(text, str) for text in content.values())
    if not whole or content.get("hash") != seal(content):
        raise BrokenChain(
            f"The log of {log} is broken at entry {number}: it was changed, "
            "for what it says does not fit its hash."
        )
    return content


def _compare(log: str, head: Head, since: Head | None) -> None:
    if since is not None and head.number == since.number and head.hash != since.hash:
        raise BrokenChain(
            f"The log of {log} is broken at entry {head.number}, or before it: the head that was kept has "
            "another hash. The log was changed and sealed anew."
        )
