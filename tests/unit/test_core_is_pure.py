import ast
import subprocess
import sys
from pathlib import Path

import pytest

import redflag.core

CORE = Path(redflag.core.__file__).parent
SOURCES = sorted(CORE.rglob("*.py"))
MODULES = {
    ".".join(("redflag.core", *path.relative_to(CORE).with_suffix("").parts)).removesuffix(".__init__")
    for path in SOURCES
}

IMPORT_ALL = """
import importlib, sys
sys.path.insert(0, sys.argv[1])
for module in sys.argv[2:]:
    importlib.import_module(module)
print(*sys.modules, sep="\\n")
"""

FORBIDDEN_MODULES = {"asyncio", "logging", "os", "random", "secrets", "socket", "threading", "time", "uuid"}
FORBIDDEN_NAMES = {"environ", "getenv", "now", "open", "print", "today", "utcnow"}


def test_the_core_imports_the_standard_library_and_itself() -> None:
    answer = subprocess.run(
        [sys.executable, "-I", "-S", "-c", IMPORT_ALL, str(CORE.parents[1]), *sorted(MODULES)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    imported = set(answer.stdout.split())
    assert {name for name in imported if name.startswith("redflag")} == MODULES | {"redflag"}
    others = {name.partition(".")[0] for name in imported} - sys.stdlib_module_names - {"__main__", "redflag"}
    # The build's own variables are a module that the list of the standard library leaves out.
    assert not {name for name in others if not name.startswith("_sysconfigdata_")}


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(CORE)))
def test_no_source_of_the_core_asks_for_the_time_the_environment_or_chance(source: Path) -> None:
    for node in ast.walk(ast.parse(source.read_text())):
        match node:
            case ast.Import(names=names):
                assert not {alias.name.partition(".")[0] for alias in names} & FORBIDDEN_MODULES
            case ast.ImportFrom(module=str(module), names=names):
                assert module.partition(".")[0] not in FORBIDDEN_MODULES
                assert not {alias.name for alias in names} & FORBIDDEN_NAMES
            case ast.Attribute(attr=name):
                assert name not in FORBIDDEN_NAMES
            case ast.Call(func=ast.Name(id=name)):
                assert name not in FORBIDDEN_NAMES
            case _:
                pass


def test_there_are_sources_to_look_at() -> None:
    assert {"redflag.core.decide", "redflag.core.rules.back_to_back"} <= MODULES
