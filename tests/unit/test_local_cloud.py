import ast
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

from local_cloud.emulator import ROOT, _is_emulator


def test_an_emulator_is_known_by_its_program_however_long_the_path_is(tmp_path: Path) -> None:
    """One that is not known is not stopped, and goes on for ever."""
    program = tmp_path / ("x" * 200) / "local_cloud" / "launch.py"
    program.parent.mkdir(parents=True)
    program.write_text("import sys; print(flush=True); sys.stdin.read()")
    with subprocess.Popen(
        [sys.executable, program], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        # Before its first words it may not yet be the program that it is to become.
        process.stdout.readline()
        assert _is_emulator(process.pid)


def test_modules_import_each_other_in_one_direction() -> None:
    package = ROOT / "tools" / "local_cloud"
    graph: dict[str, set[str]] = {}
    for path in package.glob("*.py"):
        graph[path.stem] = imported = set()
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module == "local_cloud":
                imported |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("local_cloud."):
                imported.add(str(node.module).removeprefix("local_cloud."))
    assert "stack" in graph["deployment"]
    TopologicalSorter(graph).prepare()
