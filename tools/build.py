"""Build the packages: what `sam build` makes, then bytecode in it and unused data out of it.

    python tools/build.py                   for AWS, into .aws-sam/build
    python tools/build.py --arch x86_64     the same for the other processor

`sam build` ships no bytecode, so every cold start would compile all it imports again. With botocore it
ships the descriptions of all of AWS, of which a handful is used.
"""

import argparse
import compileall
import gzip
import json
import os
import platform
import py_compile
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LAYER = "CommonLayer"

# Services that functions call. A client of any other fails with UnknownServiceError, in tests too.
SERVICES = {
    "dynamodb",  # the tables
    "kms",  # phone numbers, kept encrypted
    "secretsmanager",  # the secret of the phone number lookup
    "cognito-idp",  # staff and app clients
    "apigatewayv2",  # app clients in the authorizer's audience
    "sqs",  # calls to the mailer
    "sesv2",  # mails
    "events",  # the bus on which is announced what happened
}
# Their names among the endpoints, where two go by others.
ENDPOINTS = SERVICES - {"apigatewayv2", "sesv2"} | {"apigateway", "email"}
# What botocore reads for every service.
SHARED_DATA = {"_retry.json", "endpoints.json", "partitions.json", "sdk-default-configuration.json"}
# Whose plurals, numbers and dates mails may have; the descriptions of all others are 30 MB.
LOCALES = {"root", "en", "en_US"}
# Nothing at run time asks for these.
UNUSED = [
    "**/tests",
    "**/test",
    "**/*.pyi",
    "**/*.h",
    "boto3/examples",
    "botocore/data/*/*/examples-1.json*",
    "aws_lambda_powertools/event_handler/openapi/swagger_ui/*.[jc]s*",
    "*.data",
    "*.egg-info",
    "pyproject.toml",
    "requirements.in",
]
# Scanners find known weaknesses by METADATA; the rest of a dist-info is for installers.
KEPT_OF_DIST_INFO = {"METADATA"}


class BuildError(Exception):
    """A build that cannot go on; the message says why and what to do."""


def host_architecture() -> str:
    """This machine's processor, in Lambda's words."""
    return "arm64" if platform.machine().lower() in {"arm64", "aarch64"} else "x86_64"


def effective_template(architecture: str) -> str:
    """The template with the layer's build architecture set, which takes no parameter."""
    template, found = re.subn(
        r"^(\s+BuildArchitecture:) \S+$",
        rf"\1 {architecture}",
        (ROOT / "template.yaml").read_text(),
        flags=re.MULTILINE,
    )
    if found != 1:
        raise BuildError(f"template.yaml names BuildArchitecture {found} times; the build expects one layer.")
    return template


def sam_build(architecture: str, build: Path) -> None:
    """Run sam build for an architecture. The cache keeps what pip fetched."""
    sam = ROOT / ".venv-sam" / "bin"
    if not (sam / "sam").exists():
        raise BuildError("SAM CLI is missing: run `make setup`.")
    build.parent.mkdir(parents=True, exist_ok=True)
    template = build.parent / "template.yaml"
    template.write_text(effective_template(architecture))
    command: list[str | Path] = [
        *(sam / "sam", "build", "--cached", "--template", template, "--base-dir", ROOT),
        *("--build-dir", build, "--cache-dir", build.parent / "cache"),
        *("--parameter-overrides", f"Architecture={architecture}"),
    ]
    # sam looks for python3.13 and its pip on PATH.
    environment = os.environ | {"PATH": f"{sam}{os.pathsep}{os.environ['PATH']}", "SAM_CLI_TELEMETRY": "0"}
    environment.pop("VIRTUAL_ENV", None)
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BuildError(f"sam build failed:\n{done.stdout}{done.stderr}")


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _remove_others(directory: Path, kept: set[str]) -> None:
    for path in list(directory.glob("*")):
        if path.name not in kept:
            _remove(path)


def trim(package: Path) -> None:
    """Remove from a package what no import reads."""
    for pattern in UNUSED:
        for path in list(package.glob(pattern)):
            _remove(path)
    for path in list(package.glob("*.dist-info/*")):
        if path.name not in KEPT_OF_DIST_INFO:
            _remove(path)
    _remove_others(package / "botocore" / "data", SERVICES | SHARED_DATA)
    _remove_others(package / "babel" / "locale-data", {f"{locale}.dat" for locale in LOCALES})
    # Versions of an interface before the one in use.
    for service in SERVICES:
        for old in sorted((package / "botocore" / "data" / service).glob("*"))[:-1]:
            _remove(old)


def slim(package: Path) -> None:
    """Shorten what botocore reads to make a client: other services' endpoints, and all documentation.

    Half of the time that a client takes to make goes into reading these files.
    """
    data = package / "botocore" / "data"
    for packed in list(data.rglob("*.json.gz")):
        description = _undocumented(json.loads(gzip.decompress(packed.read_bytes())))
        packed.with_suffix("").write_text(json.dumps(description, separators=(",", ":")))
        packed.unlink()
    endpoints = json.loads((data / "endpoints.json").read_text())
    for partition in endpoints["partitions"]:
        services = partition["services"]
        partition["services"] = {name: services[name] for name in services if name in ENDPOINTS}
    (data / "endpoints.json").write_text(json.dumps(endpoints, separators=(",", ":")))


def _undocumented(value: Any) -> Any:
    """A service description without its documentation; a member of that name is kept."""
    if isinstance(value, dict):
        return {
            name: _undocumented(inner)
            for name, inner in value.items()
            if not (name == "documentation" and isinstance(inner, str))
        }
    return [_undocumented(inner) for inner in value] if isinstance(value, list) else value


def compile_bytecode(package: Path) -> None:
    """Put bytecode beside every module, valid whatever the source's time, which unpacking changes."""
    if sys.version_info[:2] != (3, 13):
        raise BuildError("Bytecode is read only by the version that wrote it: build with Python 3.13.")
    # The path shown in tracebacks is the one on Lambda.
    shown = "/opt/python" if package.name == "python" else "/var/task"
    if not compileall.compile_dir(
        package,
        ddir=shown,
        quiet=1,
        force=True,
        invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
    ):
        raise BuildError(f"Some modules in {package} do not compile.")


def _megabytes(path: Path) -> float:
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file()) / 1e6


def build(architecture: str, target: Path) -> str:
    """Build into a directory; the answer tells the sizes."""
    started = time.monotonic()
    sam_build(architecture, target)
    packages = [path for path in target.iterdir() if path.is_dir()]
    layer = target / LAYER / "python"
    before = _megabytes(layer)
    trim(layer)
    slim(layer)
    trimmed = _megabytes(layer)
    for package in packages:
        for cache in list(package.rglob("__pycache__")):
            shutil.rmtree(cache)
        compile_bytecode(layer if package.name == LAYER else package)
    return (
        f"Built for {architecture} in {time.monotonic() - started:.0f} s. "
        f"Layer: {before:.1f} MB as sam left it, "
        f"{trimmed:.1f} MB without what nothing uses, {_megabytes(layer):.1f} MB with bytecode."
    )


def main() -> int:
    """Build from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--arch", choices=["arm64", "x86_64"], default="arm64")
    arguments = parser.parse_args()
    try:
        print(build(arguments.arch, ROOT / ".aws-sam" / "build"))
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
