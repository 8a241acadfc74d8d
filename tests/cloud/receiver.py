"""The webhook's receiver that `docs/events.md` shows, ready to be called."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from tests.cloud.template import ROOT

type Receive = Callable[..., dict[str, Any]]


@cache
def receiver() -> Receive:
    """The documented function."""
    (source,) = re.findall(
        r"^```python\n(.*?)^```", (ROOT / "docs/events.md").read_text(), re.MULTILINE | re.DOTALL
    )
    names: dict[str, Any] = {}
    exec(compile(source, "docs/events.md", "exec"), names)  # noqa: S102  it is our own documentation
    found: Receive = names["receive"]
    return found
