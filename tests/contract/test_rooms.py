"""docs/rooms.md against the code: every module of the floors has its line, and every line its module."""

import re

import pytest

from redflag.core.rules import RULES
from tests.cloud.template import ROOT
from tests.contract.test_docs import DOCS, names_in, rows, section

LAYER = ROOT / "layers" / "common" / "redflag"
FLOORS = ("http", "service", "store", "core")
PAGE = DOCS / "rooms.md"
FEATURES = sorted(
    {path.name for floor in FLOORS[:2] for path in (LAYER / floor).glob("[a-z]*") if path.is_dir()}
)


def modules() -> set[str]:
    """The modules of the floors, without the rules: `docs/rules.md` has a heading for each."""
    found = [path for floor in FLOORS for path in (LAYER / floor).rglob("*.py") if path.name != "__init__.py"]
    names = {path.relative_to(LAYER).as_posix() for path in found}
    return names - {f"core/rules/{rule}.py" for rule in RULES}


def lines() -> list[str]:
    """The modules that have a line, as often as they have one."""
    return [name for row in rows(PAGE.read_text()) for name in names_in(row[0]) if name.endswith(".py")]


def test_every_module_has_one_line_and_every_line_a_module() -> None:
    named = lines()
    assert len(named) == len(set(named))
    assert set(named) == modules()


def test_every_module_that_the_text_names_exists() -> None:
    named = re.findall(r"`((?:http|service|store|core|mail|words)/[\w/]+\.py)`", PAGE.read_text())
    assert {name for name in named if not (LAYER / name).is_file()} == set()


@pytest.mark.parametrize("feature", FEATURES)
def test_a_feature_has_its_section_and_its_own_modules_stand_there(feature: str) -> None:
    text = section(PAGE, feature, 2)
    named = {name for row in rows(text) for name in names_in(row[0])}
    own = {name for name in modules() if name.split("/")[1] == feature}
    assert own
    assert own <= named
