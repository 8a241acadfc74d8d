"""How long functions take to start, against one that only creates a boto3 client.

`python tools/cold_start.py` builds the packages, then starts a fresh interpreter for each function
and for the yardstick in turn, and prints medians and ratios. The yardstick is boto3 as `sam build`
leaves it: without bytecode, with all service descriptions. A function has started when it is
imported and has its client of DynamoDB.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import distribution
from pathlib import Path

from local_cloud.deployment import BUILD, ensure_built

FUNCTIONS = ("check_in", "login_gate")
YARDSTICK = "a boto3 client alone"
_PACKAGES = ("boto3", "botocore", "s3transfer", "jmespath", "python-dateutil", "six", "urllib3")
_YARDSTICK_CODE = "import boto3; boto3.client('dynamodb')"
_FUNCTION_CODE = "import app; from redflag import wiring; wiring.database()"


def measure(rounds: int) -> dict[str, float]:
    """Median seconds to start, by function, with `YARDSTICK` among them; taken in turns."""
    ensure_built(quiet=True)
    with tempfile.TemporaryDirectory() as directory:
        bare = Path(directory)
        _copy_sources(bare)
        runs = {YARDSTICK: (_YARDSTICK_CODE, [bare])} | {
            name: (_FUNCTION_CODE, [_built(name), _layer()]) for name in FUNCTIONS
        }
        taken: dict[str, list[float]] = {name: [] for name in runs}
        for _ in range(rounds):
            for name, (code, path) in runs.items():
                taken[name].append(_start(code, path))
    return {name: statistics.median(seconds) for name, seconds in taken.items()}


def _built(function: str) -> Path:
    return BUILD / ("".join(part.title() for part in function.split("_")) + "Function")


def _layer() -> Path:
    return BUILD / "CommonLayer" / "python"


def _copy_sources(target: Path) -> None:
    """What installing boto3 installs, without bytecode."""
    for package in _PACKAGES:
        for file in distribution(package).files or ():
            if file.parts[0] in ("..", "__pycache__") or file.suffix == ".pyc":
                continue
            destination = target / file
            destination.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file.locate(), destination)


def _start(code: str, path: list[Path]) -> float:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(map(str, path)),
        # As on Lambda, where packages cannot be written: what is not compiled is compiled each time.
        "PYTHONDONTWRITEBYTECODE": "1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "none",
        "AWS_SECRET_ACCESS_KEY": "none",
    }
    # Isolated from this environment's own packages.
    command = [str(Path(sys.base_prefix) / "bin" / "python3.13"), "-S", "-c", code]
    began = time.perf_counter()
    subprocess.run(command, env=environment, check=True)
    return time.perf_counter() - began


def main() -> None:
    """The command."""
    medians = measure(rounds=15)
    yardstick = medians[YARDSTICK]
    for name, seconds in medians.items():
        print(f"{name:<22} {seconds * 1000:6.0f} ms   {seconds / yardstick:5.2f}")


if __name__ == "__main__":
    main()
