"""Run other programs so that none is left behind when this one is stopped."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

_GRACE_SECONDS = 5


def run(
    command: Sequence[str | Path], *, cwd: Path, environment: Mapping[str, str] | None = None
) -> tuple[int, str]:
    """Run to the end, with the output kept; whatever interrupts this stops the program and its children."""
    with subprocess.Popen(
        command,
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            output, _ = process.communicate()
        except BaseException:
            stop_group(process.pid)
            raise
        return process.returncode, output


def alive(pid: int) -> bool:
    """Whether a process exists, and is no child that has ended and waits to be reaped."""
    try:
        ended, _ = os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        ended = 0
    if ended == pid:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def command_of(pid: int) -> str:
    """The program of a process with its arguments; nothing when there is no such process."""
    # A bare Linux has no ps, and others have no /proc.
    if Path("/proc/self/cmdline").exists():
        with suppress(OSError):
            return Path(f"/proc/{pid}/cmdline").read_text(errors="replace").replace("\0", " ")
        return ""
    # -ww: without a terminal, some versions of ps cut what is longer than 80 characters.
    listed = subprocess.run(
        ["ps", "-ww", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return listed.stdout


def stop_group(pid: int, *, grace_seconds: float = _GRACE_SECONDS) -> bool:
    """Ask a process and its children to end, then make them; whether they ended by themselves."""
    try:
        os.killpg(pid, signal.SIGTERM)
    except ProcessLookupError:
        return True
    deadline = time.monotonic() + grace_seconds
    while alive(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    willing = not alive(pid)
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
    return willing
