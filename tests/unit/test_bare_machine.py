"""Which Node.js and which Chromium are taken, on machines that have one, an old one, or none."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from local_cloud.emulator import ROOT

_OUR_NODE, _OUR_CHROMIUM = ".venv-node/bin/node", ".local/chromium/chromium"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class Machine:
    """A checkout with the two scripts alone, and a PATH with no more than what is put on it."""

    def __init__(self, directory: Path) -> None:
        self.checkout, self.programs = directory / "checkout", directory / "bin"
        (self.checkout / "tools").mkdir(parents=True)
        for name in ("node.sh", "chromium.sh"):
            (self.checkout / "tools" / name).symlink_to(ROOT / "tools" / name)
        self.programs.mkdir()
        for name in ("dirname", "env"):
            (self.programs / name).symlink_to(f"/usr/bin/{name}")

    def has(self, name: str, says: str = "", *, at: Path | None = None) -> Path:
        """Put a program on PATH, or elsewhere, that says this with its arguments and its environment."""
        program = (at or self.programs) / name
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text(f'#!/bin/sh\necho "{says}"; echo "$0 $*"; env\n')
        program.chmod(0o755)
        return program

    def run(self, script: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """What a script says."""
        return subprocess.run(
            [self.checkout / "tools" / script, *arguments],
            env={"PATH": str(self.programs)} | environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def taken(self, script: str, **environment: str) -> str:
        """The program that a script takes."""
        asked = self.run(script, "--where", **environment)
        assert (asked.returncode, asked.stderr) == (0, "")
        return asked.stdout.removesuffix("\n")


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def _engines(package: Path) -> Iterator[tuple[int, int]]:
    """The first version that each part of `engines` allows."""
    text = json.loads(package.read_text())["engines"]["node"]
    for part in text.split(" || "):
        found = re.fullmatch(r"(?:\^|>=)(\d+)\.(\d+)\.0", part)
        assert found, part
        yield int(found[1]), int(found[2])


_ENGINES = [*_engines(ROOT / "console" / "package.json")]
_NEWEST = _ENGINES[-1][0]


@pytest.mark.parametrize("version", [*_ENGINES, (_NEWEST, 9), (_NEWEST + 1, 0), (_NEWEST + 76, 1)])
def test_a_node_that_the_console_allows_is_taken(machine: Machine, version: tuple[int, int]) -> None:
    machine.has("npm")
    node = machine.has("node", f"v{version[0]}.{version[1]}.2")
    assert machine.taken("node.sh") == str(node)


@pytest.mark.parametrize(
    "version",
    [
        *((major, minor - 1) for major, minor in _ENGINES if minor),
        *((major - 1, 99) for major, _ in _ENGINES),
        (8, 17),
    ],
)
def test_an_older_node_is_not_taken(machine: Machine, version: tuple[int, int]) -> None:
    machine.has("npm")
    machine.has("node", f"v{version[0]}.{version[1]}.2")
    assert machine.taken("node.sh") == _OUR_NODE


def test_a_node_without_npm_is_not_taken(machine: Machine) -> None:
    machine.has("node", f"v{_NEWEST}.0.0")
    assert machine.taken("node.sh") == _OUR_NODE


def test_a_node_that_does_not_run_is_not_taken(machine: Machine) -> None:
    machine.has("npm")
    machine.has("node").write_text("#!/bin/sh\nexit 127\n")
    assert machine.taken("node.sh") == _OUR_NODE


def test_without_a_node_ours_is_first_on_path(machine: Machine) -> None:
    assert machine.taken("node.sh") == _OUR_NODE
    machine.has("npm", "the old one")
    ours = machine.checkout / Path(_OUR_NODE).parent
    machine.has("node", at=ours)
    machine.has("npm", at=ours)
    assert f"{ours}/npm ci --quiet\n" in machine.run("node.sh", "npm", "ci", "--quiet").stdout


def test_the_machines_own_path_stays_as_it_is(machine: Machine) -> None:
    machine.has("node", f"v{_NEWEST}.0.0")
    npm = machine.has("npm")
    machine.has("node", at=machine.checkout / Path(_OUR_NODE).parent)
    said = machine.run("node.sh", "npm", "ci").stdout
    assert f"{npm} ci\n" in said
    assert f"PATH={machine.programs}\n" in said


@pytest.mark.parametrize("name", _BROWSERS)
def test_a_browser_on_path_is_taken(machine: Machine, name: str) -> None:
    browser = machine.has(name)
    assert machine.taken("chromium.sh") == str(browser)
    said = machine.run("chromium.sh", "--headless", "about:blank").stdout
    assert f"{browser} --no-sandbox --headless about:blank\n" in said
    assert "LD_LIBRARY_PATH" not in said


def test_the_first_of_several_browsers_is_taken(machine: Machine) -> None:
    browsers = [machine.has(name) for name in _BROWSERS]
    assert machine.taken("chromium.sh") == str(browsers[0])


def test_a_browser_that_is_named_is_taken_before_any_other(machine: Machine) -> None:
    machine.has("chromium")
    named = machine.has("Google Chrome", at=machine.checkout)
    assert machine.taken("chromium.sh", CHROMIUM=str(named)) == str(named)
    said = machine.run("chromium.sh", "--version", CHROMIUM=str(named)).stdout
    assert f"{named} --no-sandbox --version\n" in said


def test_without_a_browser_ours_is_started_with_what_it_brings(machine: Machine) -> None:
    assert machine.taken("chromium.sh") == _OUR_CHROMIUM
    folder = machine.checkout / ".local" / "chromium"
    browser = machine.has("chromium", at=folder)
    said = machine.run("chromium.sh", "--version", LD_LIBRARY_PATH="/opt/lib").stdout
    assert f"{browser} --no-sandbox --version\n" in said
    assert f"LD_LIBRARY_PATH={folder}/al2023/lib:/opt/lib\n" in said
    assert f"FONTCONFIG_PATH={folder}/fonts\n" in said


@pytest.mark.parametrize(
    ("script", "remedy"), [("node.sh", "`make setup`"), ("chromium.sh", "`make browser`")]
)
def test_one_sentence_says_what_is_missing(machine: Machine, script: str, remedy: str) -> None:
    tried = machine.run(script, "npm", "ci")
    assert tried.returncode == 1
    assert tried.stdout == ""
    assert remedy in tried.stderr
    assert tried.stderr.count("\n") == 1
