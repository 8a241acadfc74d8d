"""`docs/adding-a-rule.md` is followed word for word in a copy of the repository, and the new rule is used."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cloud.template import ROOT
from tests.guide.guide import Step, steps_of

PAGE = ROOT / "docs" / "adding-a-rule.md"
STEPS = steps_of(PAGE)
MOST_FILES = 6
NPM = (str(ROOT / "tools" / "node.sh"), "npm")
"""npm of the repository itself: the copy has no environments."""

TOUCHED = [
    "tests/unit/rules/test_distinct_locations.py",
    "tests/unit/test_settings.py",
    "tests/unit/test_summary.py",
    "tests/unit/test_core_is_pure.py",
    "tests/unit/mail/test_mails.py::test_every_sentence_is_used_and_every_sentence_that_is_used_exists",
    "tests/integration/test_settings.py",
    "tests/integration/test_trusted.py",
    "tests/integration/test_budgets.py::test_the_heaviest_register_takes_one_write_unit",
    "tests/contract/test_docs.py",
    "tests/contract/test_words.py",
    "tests/contract/test_openapi.py",
    "tests/guide/new_rule.py",
]
"""The tests that a new rule could turn red, and those of the rule itself."""


def tracked() -> list[str]:
    """The repository's files: those that git knows, and new ones that it does not ignore."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],  # noqa: S607  git of PATH
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository in which the page was followed."""
    root = tmp_path_factory.mktemp("guide") / "redflag"
    for name in tracked():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, root / name)
    (root / "console" / "node_modules").symlink_to((ROOT / "console" / "node_modules").resolve())
    for step in STEPS:
        step.follow(root)
    return root


def run(root: Path, *command: str) -> None:
    """Run a command in the copy, with the copy's own packages."""
    packages = [root / "layers" / "common", root / "cli", root / "tools", root]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(map(str, packages))}
    environment.pop("PYTEST_XDIST_WORKER", None)
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout[-6000:]}\n{done.stderr[-3000:]}"


def test_the_page_touches_at_most_six_files() -> None:
    assert 0 < len({step.path for step in STEPS}) == len(STEPS) <= MOST_FILES


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.path)
def test_every_step_names_a_file_of_the_repository_or_a_new_one_beside_others(step: Step) -> None:
    assert (ROOT / step.path).parent.is_dir()


def test_following_the_page_gives_a_rule_that_works_everywhere(copy: Path) -> None:
    for generate in ("tools/openapi.py", "tools/event_schemas.py"):
        run(copy, sys.executable, generate)
    run(copy, *NPM, "--prefix", "console", "run", "--silent", "api")
    code = [step.path for step in STEPS if step.path.endswith(".py")]
    run(copy, sys.executable, "-m", "ruff", "check", *code)
    run(copy, sys.executable, "-m", "ruff", "format", "--check", *code)
    run(copy, sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *TOUCHED)
    written = "".join(path.read_text("utf-8") for path in (copy / "console" / "src" / "generated").glob("*"))
    assert "distinct_locations" in written
    assert "Many locations" in written
    run(copy, *NPM, "--prefix", "console", "run", "--silent", "types")
