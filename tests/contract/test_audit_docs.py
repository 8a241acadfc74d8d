"""docs/audit.md against the code: every action that is logged has its place in the table."""

import ast
import re
from collections.abc import Iterator

from redflag.core.flags import Action
from tests.cloud.template import ROOT
from tests.contract.test_docs import DOCS, names_in, rows, section

PLACES = {"Entry": 0, "add_principal": 1, "remove_principal": 1}
"""Where a call that names none of its arguments has the action."""


def logged_in_code() -> Iterator[str]:
    """The names of actions in the calls that make entries, and in those that pass a name on to them."""
    for path in (ROOT / "layers" / "common" / "redflag" / "service").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call):
                continue
            name = ast.unparse(node.func)
            values = [keyword.value for keyword in node.keywords if keyword.arg == "action"]
            if name in PLACES:
                values += node.args[PLACES[name] : PLACES[name] + 1]
            parts = [part for value in values for part in ast.walk(value)]
            yield from (str(part.value) for part in parts if isinstance(part, ast.Constant))


def documented() -> list[str]:
    """The actions of the table."""
    table = rows(section(DOCS / "audit.md", "What is logged", 2))
    return [name for row in table for name in names_in(row[0])]


def test_every_action_that_is_logged_has_its_row_and_every_row_its_action() -> None:
    written = documented()
    assert len(written) == len(set(written))
    assert set(written) == set(logged_in_code()) | {action.value for action in Action}


def test_the_console_has_words_for_every_action() -> None:
    words = (ROOT / "console" / "src" / "pages" / "audit" / "words.ts").read_text()
    # The platform's own log alone has these, and no page shows it.
    of_the_platform = {"block_number", "unblock_number"}
    assert set(re.findall(r"^  (\w+): '", words, flags=re.MULTILINE)) == set(documented()) - of_the_platform
