"""`redflag audit`: the audit logs of a deployed stack."""

from typing import Annotated

import typer
from rich.console import Console

from redflag_cli.audit_chain import BrokenChain, Head

app = typer.Typer(no_args_is_help=True, help="Audit logs of a deployed stack.")

_BROKEN = 1
_UNUSABLE = 2
"""The exit status when a log is broken, and when an argument cannot be used or nothing can be read."""


@app.callback()
def audit() -> None:
    """Audit logs of a deployed stack."""


@app.command("verify")
def verify_command(
    *,
    stack: Annotated[str, typer.Option(help="The stack's name, such as redflag-dev.")],
    program: Annotated[str | None, typer.Option(help="Only the log of this program.")] = None,
    since: Annotated[
        str | None, typer.Option(metavar="NUMBER:HASH", help="A head of that program's log, kept earlier.")
    ] = None,
) -> None:
    """Check numbers, links and hashes of the logs, and print their heads, to be kept elsewhere."""
    # Imported here: replays need no AWS.
    from redflag_cli.audit_log import verify_logs
    from redflag_cli.stack import NotDone

    messages = Console(stderr=True, soft_wrap=True, markup=False, highlight=False)
    kept = _read_head(since, program)
    broken = False
    try:
        for log, found in verify_logs(stack, program, kept):
            if isinstance(found, BrokenChain):
                broken = True
                messages.print(f"Error: {found}")
            else:
                typer.echo(f"{log} {found}")
    except NotDone as error:
        messages.print(f"Error: {error}")
        raise typer.Exit(_UNUSABLE) from None
    if broken:
        raise typer.Exit(_BROKEN)


def _read_head(since: str | None, program: str | None) -> Head | None:
    if since is None:
        return None
    if program is None:
        raise typer.BadParameter("Say which log this is a head of, with --program.", param_hint="--since")
    try:
        return Head.parse(since)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--since") from None
