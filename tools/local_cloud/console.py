"""The console as a process: built when its sources have changed, served on a port of its own."""

import fcntl
import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from local_cloud.emulator import ROOT, LocalCloudError, free_port, require_free
from local_cloud.fingerprint import fingerprint_of
from local_cloud.processes import alive, command_of, run, stop_group

sys.path.insert(0, str(ROOT / "tools"))
from console_files import DIST, Pool, configuration, security_headers  # a script beside this package

USUAL_PORT = 5173

_SOURCES = [
    *(
        f"console/{name}"
        for name in ("src", "build", "public", "index.html", "package-lock.json", "vite.config.ts")
    ),
    "console/tsconfig.json",
]
_START_SECONDS = 20


def port_of(directory: Path, wanted: int | None, *, free: bool) -> int:
    """The port of a directory's console: the one named, the one that it had, or a free or the usual one."""
    try:
        known = int(json.loads(_settings(directory).read_text())["port"])
    except FileNotFoundError:
        known = free_port() if free else USUAL_PORT
    return wanted or known


def origin(port: int) -> str:
    """Where the console is, as browsers name it."""
    return f"http://localhost:{port}"


def ensure_built() -> bool:
    """Build unless the last build is of the same sources; whether that was needed."""
    mark = ROOT / ".local" / "console-built"
    mark.parent.mkdir(parents=True, exist_ok=True)
    with mark.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        fingerprint = fingerprint_of(_SOURCES)
        if mark.exists() and mark.read_text() == fingerprint and DIST.exists():
            return False
        mark.unlink(missing_ok=True)
        vite = ROOT / "console" / "node_modules" / ".bin" / "vite"
        if not vite.exists():
            raise LocalCloudError("The console's packages are missing: run `make setup`.")
        status, output = run([ROOT / "tools" / "node.sh", vite, "build"], cwd=ROOT / "console")
        if status:
            raise LocalCloudError(f"The console cannot be built:\n{output}")
        mark.write_text(fingerprint)
    return True


def serve(
    directory: Path,
    port: int,
    endpoint_url: str,
    api_url: str,
    pools: Mapping[str, Any],
    *,
    program_id: str,
) -> None:
    """Serve the console of a directory; one that runs with the same settings goes on."""
    signs_in = {
        name: Pool(pool.issuer, pool.client_id, endpoint_url, endpoint_url) for name, pool in pools.items()
    }
    settings = {
        "port": port,
        "headers": security_headers(endpoint_url),
        "config": configuration(api_url, **signs_in, program_id=program_id),
    }
    written = json.dumps(settings, indent=2) + "\n"
    if _runs(directory) and _settings(directory).read_text() == written:
        return
    stop(directory)
    require_free(port, "REDFLAG_CONSOLE_PORT")
    _settings(directory).write_text(written)
    _start(directory, port)


def stop(directory: Path) -> None:
    """Stop what serves a directory's console, if anything does."""
    if _runs(directory):
        stop_group(_pid(directory))
    _process(directory).unlink(missing_ok=True)


def forget(directory: Path) -> None:
    """Remove the settings of a console that is down."""
    _settings(directory).unlink(missing_ok=True)


def _start(directory: Path, port: int) -> None:
    with (directory / "console.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, ROOT / "tools" / "serve_console.py", _settings(directory)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    _process(directory).write_text(str(process.pid))
    deadline = time.monotonic() + _START_SECONDS
    while not _answers(port):
        if process.poll() is not None or time.monotonic() > deadline:
            stop_group(process.pid)
            raise LocalCloudError(f"The console did not start: see {directory / 'console.log'}.")
        time.sleep(0.05)
    # It goes on without this process, which otherwise would warn of that at its end.
    process.returncode = 0


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/config.json", timeout=5):
            return True
    except (urllib.error.URLError, OSError):
        return False


def _runs(directory: Path) -> bool:
    pid = _pid(directory)
    # A process id is used again after a restart of the machine: stop no other program.
    return pid != 0 and alive(pid) and "serve_console.py" in command_of(pid)


def _pid(directory: Path) -> int:
    try:
        return int(_process(directory).read_text())
    except FileNotFoundError:
        return 0


def _process(directory: Path) -> Path:
    return directory / "console.pid"


def _settings(directory: Path) -> Path:
    return directory / "console.json"
