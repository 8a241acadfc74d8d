"""docs/events.md and docs/events/: every event is described, and the examples and schemas are right."""

import json
import re
import subprocess
import sys

import pytest

from redflag.service.events.shapes import EVENTS
from tests.cloud.bus import check
from tests.cloud.template import ROOT
from tests.contract.test_docs import DOCS, headings, section

PAGE = DOCS / "events.md"


def example(name: str) -> dict[str, object]:
    """The detail that the page shows under an event's heading."""
    (text,) = re.findall(r"^```json\n(.*?)^```", section(PAGE, name, 3), flags=re.MULTILINE | re.DOTALL)
    found: dict[str, object] = json.loads(text)
    return found


def test_the_schemas_say_what_the_code_says() -> None:
    command = [sys.executable, str(ROOT / "tools" / "event_schemas.py"), "--check"]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr


def test_every_event_has_its_heading_and_every_heading_its_event() -> None:
    assert headings(PAGE, 3) == list(EVENTS)


@pytest.mark.parametrize("name", EVENTS)
def test_the_example_is_as_the_schema_has_it_and_complete(name: str) -> None:
    detail = check({"source": "redflag", "detail-type": name, "detail": example(name)})
    shape = EVENTS[name]
    assert shape.model_validate(detail).model_dump(mode="json", exclude_none=True) == detail
    assert set(detail) == set(shape.model_fields) - {"timestamp", "signature"}
