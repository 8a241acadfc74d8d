"""The emulator as a process: one instance has a directory, a port and, if it is to last, its state."""

import json
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from local_cloud.processes import alive, command_of, run, stop_group

ROOT = Path(__file__).resolve().parent.parent.parent
DIRECTORY = ROOT / ".local"
REGION = "us-east-1"

_START_SECONDS = 60
# State is written at the end: many check-ins take a while.
_STOP_SECONDS = 60


class LocalCloudError(Exception):
    """What went wrong and what to do, for the person at the terminal."""


@dataclass(frozen=True)
class Emulator:
    """An emulator that keeps its things in a directory and listens on 127.0.0.1."""

    directory: Path
    port: int
    persistent: bool = True

    @property
    def endpoint_url(self) -> str:
        """The address of all services."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        """What the emulator itself has to say. The functions' lines are in its CloudWatch Logs."""
        return self.directory / "emulator.log"

    @property
    def grants(self) -> Path:
        """Which grants functions have made use of: a function, a statement and an action in each line."""
        return self.directory / "grants.jsonl"

    @classmethod
    def running_in(cls, directory: Path) -> "Emulator | None":
        """The instance of a directory, if it is up."""
        try:
            record = json.loads((directory / "instance.json").read_text())
        except FileNotFoundError:
            return None
        instance = cls(directory, record["port"], record["persistent"])
        return instance if alive(record["pid"]) and instance.healthy() else None

    def healthy(self) -> bool:
        """Whether it answers."""
        try:
            with urllib.request.urlopen(f"{self.endpoint_url}/_ministack/health", timeout=5) as answer:  # noqa: S310
                return bool(answer.status == 200)  # noqa: PLR2004
        except (urllib.error.URLError, OSError):
            return False

    def start(self) -> None:
        """Start in the background, where a Ctrl-C of the caller does not reach, and wait for an answer."""
        python = ROOT / ".venv-emulator" / "bin" / "python"
        if not python.exists():
            raise LocalCloudError("The emulator is missing: run `make setup`.")
        require_free(self.port)
        # Functions are unpacked here; a process that was killed leaves them.
        shutil.rmtree(self.directory / "tmp", ignore_errors=True)
        (self.directory / "tmp").mkdir(parents=True)
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [python, Path(__file__).with_name("launch.py")],
                cwd=self.directory,
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            record = {"pid": process.pid, "port": self.port, "persistent": self.persistent}
            (self.directory / "instance.json").write_text(json.dumps(record))
            deadline = time.monotonic() + _START_SECONDS
            while not self.healthy():
                if process.poll() is not None or time.monotonic() > deadline:
                    raise LocalCloudError(f"The emulator did not start. {self.log} ends:\n{self._tail()}")
                time.sleep(0.1)
        except BaseException:
            stop_group(process.pid)
            (self.directory / "instance.json").unlink(missing_ok=True)
            raise
        # It goes on without this process, which otherwise would warn of that at its end.
        process.returncode = 0

    def stop(self) -> bool:
        """Stop and, if the instance lasts, save its state; whether there was something to stop."""
        return stop_instance(self.directory)

    def _environment(self) -> dict[str, str]:
        """Nothing of the developer's own: functions inherit this, and no real account may be in reach."""
        state = self.directory / "state"
        return aws_environment(self.endpoint_url) | {
            # With Node.js, on which it runs the functions of CloudFront.
            "PATH": os.pathsep.join([str(ROOT / ".venv-emulator/bin"), str(node().parent), os.defpath]),
            "HOME": str(self.directory),
            "TMPDIR": str(self.directory / "tmp"),
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "BIND_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(self.port),
            "LOG_LEVEL": "WARNING",
            # Functions have the rights of their roles and no others: a missing grant fails as on AWS.
            "AUTH": "true",
            "GRANTS_FILE": str(self.grants),
            # As on AWS, no token when the trigger fails.
            "MINISTACK_COGNITO_PRETOKEN_STRICT": "1",
            "PERSIST_STATE": "1" if self.persistent else "0",
            "S3_PERSIST": "1" if self.persistent else "0",
            "STATE_DIR": str(state),
            "S3_DATA_DIR": str(state / "s3"),
            # Takes a port of its own, and would be in the way of a second instance.
            "IOT_MTLS_ENABLED": "0",
        }

    def _tail(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])


def used_grants(directory: Path) -> set[tuple[str, str, str]]:
    """The grants that functions of an instance have made use of: function, statement, action."""
    grants = directory / "grants.jsonl"
    lines = grants.read_text().splitlines() if grants.exists() else []
    # Without a statement, it was the policy of a resource that allowed the call.
    return {(function, sid, action) for function, sid, action in map(json.loads, lines) if sid}


def stop_instance(directory: Path) -> bool:
    """Stop what runs in a directory; whether anything did."""
    record = directory / "instance.json"
    try:
        pid = json.loads(record.read_text())["pid"]
    except FileNotFoundError:
        return False
    stopped = alive(pid) and _is_emulator(pid)
    if stopped and not stop_group(pid, grace_seconds=_STOP_SECONDS):
        record.unlink()
        raise LocalCloudError(
            "The emulator did not end in time and was killed: what it did since its start is lost."
        )
    record.unlink()
    shutil.rmtree(directory / "tmp", ignore_errors=True)
    return stopped


def _is_emulator(pid: int) -> bool:
    """A process id is used again after a restart of the machine: stop no other program."""
    return "local_cloud/launch.py" in command_of(pid)


def aws_environment(endpoint_url: str) -> dict[str, str]:
    """What points any AWS tool at the emulator, and keeps a real account out of it."""
    return {
        "AWS_ENDPOINT_URL": endpoint_url,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": REGION,
        "AWS_REGION": REGION,
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
    }


@cache
def node() -> Path:
    """The Node.js that `tools/node.sh` takes. Raises `LocalCloudError` when there is none."""
    # Asked for its own place: what is on PATH may be a link that works with the developer's settings alone.
    status, output = run([ROOT / "tools/node.sh", "node", "--print", "process.execPath"], cwd=ROOT)
    if status:
        raise LocalCloudError(output.rstrip())
    return Path(output.rstrip())


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def require_free(port: int, variable: str = "REDFLAG_PORT") -> None:
    """Raises `LocalCloudError` when something listens on a port; `variable` is how to take another."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise LocalCloudError(
                f"Port {port} is in use by another program. Stop that, or take another port: "
                f"{variable}={port + 1} make up"
            ) from None


@contextmanager
def emulator_only(directory: Path) -> Iterator[Emulator]:
    """An empty emulator on a free port, gone with all it holds at the end: for tests of the store."""
    emulator = Emulator(directory, free_port(), persistent=False)
    directory.mkdir(parents=True, exist_ok=True)
    emulator.start()
    try:
        yield emulator
    finally:
        emulator.stop()
