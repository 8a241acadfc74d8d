"""The words that people read: the catalogue `en.ftl`, and its sentences filled in."""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource

type Value = str | int | datetime

type Sentence = Callable[..., str]
"""A sentence by its name, with its values by theirs."""

FILE = Path(__file__).with_name("en.ftl")
_NARROW_SPACE = "\N{NARROW NO-BREAK SPACE}"


def sentence(name: str, **values: Value) -> str:
    """A sentence with its values; times are written as the zone they carry says. Raises `KeyError`."""
    message = _bundle().get_message(name)
    if message.value is None:
        raise KeyError(name)
    text, errors = _bundle().format_pattern(message.value, values)
    if errors:
        raise KeyError(f"{name}: {errors[0]}")
    # Not every font of a mail program has it.
    return str(text).replace(_NARROW_SPACE, " ")


@cache
def _bundle() -> FluentBundle:
    # Without marks of direction around values: they show in plain text.
    bundle = FluentBundle(["en-US"], use_isolating=False)
    bundle.add_resource(FluentResource(FILE.read_text(encoding="utf-8")))
    return bundle
