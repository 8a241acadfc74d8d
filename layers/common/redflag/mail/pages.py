"""Templates, filled in: HTML is escaped, plain text is not."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from redflag.words import sentence

TEMPLATES = Path(__file__).with_name("templates")


def fill(template: str, **values: Any) -> str:
    """A template of `templates/` with its values; `t` in it is a sentence by its name."""
    return _environment().get_template(template).render(values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(["html.j2"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals["t"] = sentence
    return environment
