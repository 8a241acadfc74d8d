import subprocess
import sys
from pathlib import Path

from local_cloud.emulator import _is_emulator


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
