"""docs/ and the README against the code: what exists has its heading or row, and what is written exists."""

import dataclasses
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from redflag.core.flags import Action
from redflag.core.roles import Role
from redflag.core.rules import RULES
from redflag.core.setting_types import Range
from redflag.core.settings import Settings
from redflag.http.problems import STATUS
from tests.cloud import template
from tests.cloud.template import ROOT

DOCS = ROOT / "docs"
PAGES = sorted([ROOT / "README.md", *DOCS.rglob("*.md")])
NOTHING = {None: "none", True: "true", False: "false"}


@cache
def text_of(page: Path) -> str:
    return page.read_text()


def headings(page: Path, level: int) -> list[str]:
    """The headings of a level, without what is in code blocks."""
    plain = re.sub(r"^```.*?^```", "", text_of(page), flags=re.MULTILINE | re.DOTALL)
    return re.findall(rf"^{'#' * level} (.+)$", plain, flags=re.MULTILINE)


def section(page: Path, heading: str, level: int) -> str:
    """What stands under a heading, up to the next of its level."""
    marks = "#" * level
    _, _, rest = text_of(page).partition(f"\n{marks} {heading}\n")
    return re.split(rf"^#{{1,{level}}} ", rest, maxsplit=1, flags=re.MULTILINE)[0]


def rows(text: str) -> Iterator[list[str]]:
    """The rows of all tables in a text."""
    for line in text.splitlines():
        if line.startswith("|") and not set(line) <= set("|- "):
            yield [cell.strip() for cell in line.strip("|").split("|")]


def names_in(cell: str) -> list[str]:
    """What stands in code in a cell."""
    return re.findall(r"`([^`]+)`", cell)


def written_rows() -> dict[str, list[str]]:
    """The row of every setting that docs name, by its path from the root of the settings."""
    found = {
        name: row
        for row in rows(section(DOCS / "api.md", "PUT /v1/settings", 3))
        for name in names_in(row[0])
    }
    for rule in RULES:
        for row in rows(section(DOCS / "rules.md", rule, 2)):
            found |= {f"rules.{name}": row for name in names_in(row[0])}
    return found


def leaves(document: dict[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    """Every setting's path and default."""
    for name, value in document.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{path}{name}.")
        else:
            yield f"{path}{name}", value


def ranges(shape: Any, path: str = "") -> Iterator[tuple[str, Range]]:
    """Every setting's path and range, where it has one."""
    for field in dataclasses.fields(shape):
        kind = field.type
        if dataclasses.is_dataclass(kind):
            yield from ranges(kind, f"{path}{field.name}.")
            continue
        # A range may stand inside of a choice: a number, or none.
        for part in (kind, *getattr(kind, "__args__", ())):
            for mark in getattr(part, "__metadata__", ()):
                if isinstance(mark, Range):
                    yield f"{path}{field.name}", mark


DEFAULTS = dict(leaves(Settings().to_document()))
RANGES = dict(ranges(Settings))


def test_every_setting_has_its_row_and_every_row_its_setting() -> None:
    assert set(written_rows()) == set(DEFAULTS)


@pytest.mark.parametrize("path", list(DEFAULTS))
def test_the_default_is_the_one_in_the_code(path: str) -> None:
    default = DEFAULTS[path]
    shown = written_rows()[path][1].strip("`")
    expected = NOTHING.get(default, default) if isinstance(default, bool | None) else default
    assert shown == ("none" if default in ((), []) else str(expected))


@pytest.mark.parametrize("path", list(RANGES))
def test_the_range_is_the_one_in_the_code(path: str) -> None:
    written = " ".join(written_rows()[path][2:]).replace(",", "")
    assert f"{RANGES[path].low} to {RANGES[path].high}" in written


def test_every_rule_has_its_heading_and_its_sentence() -> None:
    page = DOCS / "rules.md"
    assert headings(page, 2) == list(RULES)
    for rule in RULES:
        assert "Evidence: `" in section(page, rule, 2), rule


def test_every_error_code_has_its_heading_and_its_status() -> None:
    api = DOCS / "api.md"
    errors = re.findall(r"^### (\w+)$", section(api, "Errors", 2), flags=re.MULTILINE)
    assert sorted(errors) == sorted(STATUS)
    for code, status in STATUS.items():
        assert section(api, code, 3).strip().startswith(str(status.value)), code


def test_every_route_has_its_heading() -> None:
    document = json.loads((ROOT / "openapi.json").read_text())
    routes = {f"{method.upper()} {path}" for path, methods in document["paths"].items() for method in methods}
    written = [heading for heading in headings(DOCS / "api.md", 3) if " /v1/" in heading]
    assert sorted(written) == sorted(routes)


def test_every_query_parameter_is_described() -> None:
    document = json.loads((ROOT / "openapi.json").read_text())
    paging = {"limit", "cursor"}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            described = section(DOCS / "api.md", f"{method.upper()} {path}", 3)
            for parameter in operation.get("parameters", []):
                if parameter["in"] == "query" and parameter["name"] not in paging:
                    assert f"`{parameter['name']}" in described, f"{method} {path} {parameter['name']}"


def test_every_role_and_every_action_has_its_row() -> None:
    concepts = DOCS / "concepts.md"
    roles = {row[0] for row in rows(section(concepts, "Who may do what", 2))} - {"role"}
    # A merchant's app is known, and may do nothing by itself.
    assert roles == {role.value for role in Role} - {Role.APP}
    actions = {row[0].strip("`") for row in rows(section(concepts, "Flags and access", 2))} - {"action"}
    assert actions == {action.value for action in Action} | {"cancel membership"}


def test_every_table_has_its_account_of_what_is_kept() -> None:
    tables = {name.removesuffix("Table").lower() for name in template.tables()}
    assert set(headings(DOCS / "privacy.md", 3)) == tables | {"Elsewhere"}


def commands() -> Iterator[tuple[str, str]]:
    """What the pages tell people to type, with where it stands."""
    for page in PAGES:
        blocks = re.findall(r"^```\w*\n(.*?)^```", text_of(page), flags=re.MULTILINE | re.DOTALL)
        inline = re.findall(
            r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text_of(page), flags=re.MULTILINE | re.DOTALL)
        )
        for command in [line for block in blocks for line in block.splitlines()] + inline:
            yield command.strip(), page.name


def test_every_make_target_that_is_named_exists() -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z-]+):", makefile, flags=re.MULTILINE))
    named = {
        (target, page)
        for command, page in commands()
        if (found := re.match(r"(?:[A-Z_]+=\S+ )*make((?: [A-Za-z_=.0-9-]+)+)$", command))
        for target in found[1].split()
        if "=" not in target
    }
    assert ("demo", "README.md") in named
    assert {(target, page) for target, page in named if target not in targets} == set()


def test_every_script_that_is_named_exists() -> None:
    named = {
        found for command, _ in commands() for found in re.findall(r"\b(?:tools|\.ci)/[\w/.]+\w", command)
    }
    assert "tools/cold_start.py" in named
    assert {script for script in named if not (ROOT / script).exists()} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", text_of(page)):
        if target.startswith("https://"):
            continue
        file, _, anchor = target.partition("#")
        linked = (page.parent / file).resolve() if file else page
        assert linked.exists(), target
        if anchor:
            known = {_anchor(heading) for level in range(1, 5) for heading in headings(linked, level)}
            assert anchor in known, target


def _anchor(heading: str) -> str:
    """A heading's anchor, as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
