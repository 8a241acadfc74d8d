"""`python -m local_cloud build`, `up`, `down`, `reset`, `logs`, `mail`, `token ROLE`, `status`."""

import signal
import sys
import time
import webbrowser
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from local_cloud import console as console_process
from local_cloud import deployment, function_logs, outbox
from local_cloud.emulator import DIRECTORY, Emulator, LocalCloudError, stop_instance
from local_cloud.stack import Stack

app = typer.Typer(
    help="The whole stack on this machine.",
    no_args_is_help=True,
    add_completion=False,
    # Its tracebacks show local variables, passwords among them.
    pretty_exceptions_enable=False,
)
console = Console(highlight=False)
errors = Console(stderr=True, highlight=False)

Directory = Annotated[
    Path,
    typer.Option("--dir", envvar="REDFLAG_DIR", help="Where an instance keeps its files.", resolve_path=True),
]


@app.command()
def build() -> None:
    """Build the functions' packages, unless they are built."""
    deployment.ensure_built(quiet=True)


@app.command()
def up(
    directory: Directory = DIRECTORY,
    port: Annotated[
        int | None, typer.Option(envvar="REDFLAG_PORT", help="4566 without it; 0 is any free one.")
    ] = None,
    *,
    console_port: Annotated[
        int | None, typer.Option(envvar="REDFLAG_CONSOLE_PORT", help="5173 without it.")
    ] = None,
    cache: Annotated[
        int, typer.Option(envvar="REDFLAG_CACHE", help="Seconds for which functions keep settings.")
    ] = 0,
    keep: Annotated[bool, typer.Option(help="Whether the data outlives `down`.")] = True,
) -> None:
    """Build, start, deploy and seed what is not yet."""
    _, stack = deployment.up(directory, port, console_port=console_port, cache_seconds=cache, persistent=keep)
    table = Table.grid(padding=(0, 2))
    table.add_row("Console", stack.console_url)
    table.add_row("API", stack.api_url)
    table.add_row("AWS services", stack.endpoint_url)
    table.add_row("Program", stack.program_id)
    table.add_row("All else", str(directory / "stack.json"))
    table.add_row("A token", "make token ROLE=owner")
    console.print(table)


@app.command()
def down(directory: Directory = DIRECTORY) -> None:
    """Stop, and keep the data."""
    with errors.status("Saving the data …"):
        stopped = _stop(directory)
    errors.print("The local cloud is down; its data is kept." if stopped else "The local cloud is not up.")


@app.command()
def reset(directory: Directory = DIRECTORY) -> None:
    """Stop, and forget the data."""
    with errors.status("Stopping …"):
        _stop(directory)
    deployment.forget(directory)
    errors.print("The local cloud is down; its data is gone.")


@app.command()
def status(directory: Directory = DIRECTORY) -> None:
    """Say whether it is up, and where."""
    instance = _running(directory)
    console.print(f"The local cloud is up: {Stack.load(instance.directory).api_url}")


@app.command()
def token(role: Annotated[str, typer.Argument()] = "", directory: Directory = DIRECTORY) -> None:
    """Print an access token of a demo user or machine client, and nothing else."""
    sys.stdout.write(Stack.load(_running(directory).directory).token(role) + "\n")


@app.command()
def logs(
    directory: Directory = DIRECTORY,
    minutes: Annotated[int, typer.Option(help="How far back to begin.")] = 5,
) -> None:
    """Follow what the functions log."""
    stack = Stack.load(_running(directory).directory)
    errors.print("Following the functions' logs; Ctrl-C ends this.")
    for line in function_logs.follow(stack, int((time.time() - minutes * 60) * 1000)):
        console.print(line, markup=False, soft_wrap=True)


@app.command()
def mail(directory: Directory = DIRECTORY) -> None:
    """Open the outbox: every mail that was sent, as pages."""
    index = outbox.write_pages(Stack.load(_running(directory).directory), directory / "mail")
    console.print(str(index), soft_wrap=True)
    with suppress(webbrowser.Error):
        webbrowser.get().open(index.as_uri())


def _stop(directory: Path) -> bool:
    console_process.stop(directory)
    return stop_instance(directory)


def _running(directory: Path) -> Emulator:
    instance = Emulator.running_in(directory)
    if instance is None:
        raise LocalCloudError("The local cloud is not up: run `make up`.")
    return instance


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main() -> None:
    """Run a command; Ctrl-C, `kill` and a closed terminal all clean up behind it."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        # Ctrl-C too: a shell lets programs in the background ignore it.
        signal.signal(number, _interrupt)
    try:
        app()
    except LocalCloudError as error:
        errors.print(str(error), markup=False, soft_wrap=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
