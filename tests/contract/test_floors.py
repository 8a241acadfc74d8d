"""What import-linter cannot see of the floors: which things of a lower floor the HTTP edge takes."""

import ast
from pathlib import Path

import pytest

from tests.cloud.template import ROOT

EDGE = ROOT / "layers" / "common" / "redflag" / "http"
MODULES = sorted(EDGE.rglob("*.py"))


def from_the_store(module: Path) -> list[str]:
    """The names that a module takes from the store, modules of it included."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    return [
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("redflag.store")
        for alias in node.names
    ]


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(EDGE)))
def test_the_edge_takes_records_and_errors_of_the_store_and_reads_through_the_service(module: Path) -> None:
    assert [name for name in from_the_store(module) if not name[0].isupper()] == []


def test_the_edge_takes_something() -> None:
    assert any(map(from_the_store, MODULES))
