"""Build, start, deploy, seed: each step only if something changed since the last time."""

import fcntl
import os
import shutil
import sys
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any

import yaml
from rich.console import Console

from local_cloud import console
from local_cloud.emulator import REGION, ROOT, Emulator, LocalCloudError, aws_environment, free_port
from local_cloud.fingerprint import fingerprint_of
from local_cloud.processes import run
from local_cloud.seed import seed
from local_cloud.stack import STACK_FILE, Pool, Stack, aws_client

sys.path.insert(0, str(ROOT / "tools"))
from build import BuildError, build, host_architecture  # a script beside this package

STACK_NAME = "redflag-local"
USUAL_PORT = 4566
BUILD = ROOT / ".local" / "build"

# What a build is made of, and what a deployment is made of besides.
_BUILT_FROM = ["template.yaml", "functions", "layers", "tools/build.py", "requirements/sam.txt"]
_DEPLOYED_FROM = [*_BUILT_FROM, "samconfig.toml"]

_SETTLING_SECONDS = 30
_console = Console(stderr=True, highlight=False)


def up(
    directory: Path,
    port: int | None = None,
    *,
    console_port: int | None = None,
    cache_seconds: int = 0,
    persistent: bool = True,
    quiet: bool = False,
) -> tuple[Emulator, Stack]:
    """Bring the stack of a directory up. If this fails or is stopped, it stops what it started.

    Without a port it takes the one it runs on, or the usual one; 0 is any free one. `cache_seconds` lets
    functions keep settings, locations and principals that they have read.
    """
    directory.mkdir(parents=True, exist_ok=True)
    emulator = Emulator.running_in(directory)
    if emulator and port and port != emulator.port:
        raise LocalCloudError(f"The local cloud runs on port {emulator.port} already. `make down` stops it.")
    ensure_built(quiet=quiet)
    with _step("Building the console", quiet=quiet):
        console.ensure_built()
    console_port = console.port_of(directory, console_port, free=port == 0)
    started = emulator is None
    if emulator is None:
        emulator = Emulator(directory, USUAL_PORT if port is None else port or free_port(), persistent)
        if not _deployed(directory).exists():
            # A first deployment that was cut short is begun anew.
            forget(directory)
        with _step("Starting the emulator", quiet=quiet):
            emulator.start()
    try:
        overrides = _overrides(cache_seconds, console.origin(console_port))
        fingerprint = fingerprint_of(_DEPLOYED_FROM) + "".join(overrides)
        if not _deployed(directory).exists() or _deployed(directory).read_text() != fingerprint:
            with _step("Deploying the stack", quiet=quiet):
                _deploy(emulator, overrides)
        with _step("Seeding the demo program", quiet=quiet):
            stack = _describe(emulator, directory, console.origin(console_port))
        console.serve(
            directory,
            console_port,
            stack.endpoint_url,
            stack.api_url,
            {"staff": stack.staff, "app": stack.app},
            program_id=stack.program_id,
        )
        stack.save(directory)
        _deployed(directory).write_text(fingerprint)
    except BaseException:
        if started:
            console.stop(directory)
            _settle(emulator)
            emulator.stop()
        raise
    return emulator, stack


def forget(directory: Path) -> None:
    """Remove the state of an instance that is down."""
    console.forget(directory)
    for path in (directory / "state", directory / "tmp"):
        shutil.rmtree(path, ignore_errors=True)
    for name in (STACK_FILE, "deployed", "emulator.log", "grants.jsonl"):
        (directory / name).unlink(missing_ok=True)


def ensure_built(*, quiet: bool = False) -> None:
    """Build for this machine's processor, unless the last build is of the same sources."""
    BUILD.parent.mkdir(parents=True, exist_ok=True)
    mark = BUILD.parent / "built"
    with (BUILD.parent / "build.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        fingerprint = fingerprint_of(_BUILT_FROM) + host_architecture()
        if mark.exists() and mark.read_text() == fingerprint and BUILD.exists():
            return
        mark.unlink(missing_ok=True)
        with _step("Building the packages", quiet=quiet):
            try:
                build(host_architecture(), BUILD)
            except BuildError as error:
                raise LocalCloudError(str(error)) from None
        mark.write_text(fingerprint)


def _deployed(directory: Path) -> Path:
    return directory / "deployed"


def _deploy(emulator: Emulator, overrides: list[str]) -> None:
    sam = ROOT / ".venv-sam" / "bin" / "sam"
    config = ROOT / "samconfig.toml"
    command: list[str | Path] = [
        *(sam, "deploy", "--config-file", config, "--config-env", "local"),
        *("--template-file", BUILD / "template.yaml", "--region", REGION),
        *("--parameter-overrides", *overrides),
    ]
    environment = os.environ | aws_environment(emulator.endpoint_url)
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "VIRTUAL_ENV"):
        environment.pop(name, None)
    environment |= {"SAM_CLI_TELEMETRY": "0", "SAM_CLI_POLL_DELAY": "0.5"}
    status, output = run(command, cwd=ROOT, environment=environment)
    if status:
        raise LocalCloudError(f"sam deploy failed:\n{output}")


def _overrides(cache_seconds: int, console_url: str) -> list[str]:
    """The parameters of samconfig.toml with those that depend on the machine and on the caller."""
    ours = {
        "Architecture": host_architecture(),
        "ConfigCacheSeconds": str(cache_seconds),
        "ConsoleOrigins": console_url,
    }
    return [f"{name}={value}" for name, value in (_written() | ours).items()]


def _written() -> dict[str, str]:
    """The parameters of a local stack as samconfig.toml has them."""
    config = tomllib.loads((ROOT / "samconfig.toml").read_text())
    overrides: list[str] = config["local"]["deploy"]["parameters"]["parameter_overrides"]
    return dict(override.split("=", 1) for override in overrides)


def _settle(emulator: Emulator) -> None:
    """Let a deployment that runs come to its end, or the saved state would be of one that never ends."""
    cloudformation = aws_client("cloudformation", emulator.endpoint_url)
    deadline = time.monotonic() + _SETTLING_SECONDS
    while time.monotonic() < deadline:
        try:
            (stack,) = cloudformation.describe_stacks(StackName=STACK_NAME)["Stacks"]
        except Exception:  # noqa: BLE001  (no stack, or no emulator: nothing to wait for)
            return
        if not stack["StackStatus"].endswith("_IN_PROGRESS"):
            return
        time.sleep(0.2)


def _describe(emulator: Emulator, directory: Path, console_url: str) -> Stack:
    """The running stack, with its demo program seeded."""
    endpoint = emulator.endpoint_url
    (described,) = aws_client("cloudformation", endpoint).describe_stacks(StackName=STACK_NAME)["Stacks"]
    outputs = {output["OutputKey"]: output["OutputValue"] for output in described["Outputs"]}
    _set_cors(endpoint, outputs["ApiId"], console_url)
    _verify_sender(endpoint)
    api_id = outputs["ApiId"]
    try:
        known = Stack.load(directory)
    except LocalCloudError:
        known = None
    return seed(
        Stack(
            stack_name=STACK_NAME,
            region=REGION,
            endpoint_url=endpoint,
            api_id=api_id,
            api_url=f"{endpoint}/_aws/execute-api/{api_id}",
            api_host_url=f"http://{api_id}.execute-api.localhost:{emulator.port}",
            console_url=console_url,
            token_url=f"{endpoint}/oauth2/token",
            staff=Pool(outputs["StaffPoolId"], outputs["StaffIssuer"], outputs["ConsoleClientId"]),
            app=Pool(outputs["AppPoolId"], outputs["AppIssuer"], outputs["MobileClientId"]),
            tables={
                name: outputs[f"{name.title()}Table"]
                for name in ("programs", "members", "places", "history", "audit", "notices")
            },
            lookup_secret_arn=outputs["LookupSecretArn"],
            data_key_arn=outputs["DataKeyArn"],
            program_id="",
            location_ids=[],
            users={},
            clients={},
        ),
        known,
        outputs["AppAuthorizerId"],
    )


def _set_cors(endpoint: str, api_id: str, origin: str) -> None:
    """The emulator's CloudFormation hands these settings on in a spelling that its gateway cannot read."""
    template = yaml.load((BUILD / "template.yaml").read_text(), Loader=_CloudFormation)  # noqa: S506
    cors: dict[str, Any] = template["Resources"]["HttpApi"]["Properties"]["CorsConfiguration"]
    gateway = aws_client("apigatewayv2", endpoint)
    gateway.update_api(ApiId=api_id, CorsConfiguration=cors | {"AllowOrigins": [origin]})


def _verify_sender(endpoint: str) -> None:
    """On AWS somebody follows the link in a mail; here the address is taken for theirs at once."""
    address = _written()["SenderAddress"]
    ses = aws_client("sesv2", endpoint)
    with suppress(ses.exceptions.AlreadyExistsException):
        ses.create_email_identity(EmailIdentity=address)


class _CloudFormation(yaml.SafeLoader):
    """Reads short forms of functions as their values."""


def _ignore_function(loader: yaml.SafeLoader, _suffix: str, node: yaml.Node) -> Any:
    del loader
    return node.value


_CloudFormation.add_multi_constructor("!", _ignore_function)


@contextmanager
def _step(text: str, *, quiet: bool) -> Iterator[None]:
    """Show that something is going on, and at the end how long it took."""
    started = time.monotonic()
    with nullcontext() if quiet else _console.status(f"{text} …"):
        yield
    if not quiet:
        _console.print(f"{text}: {time.monotonic() - started:.1f} s")
