"""`redflag import`: members and check-ins from files, into a deployed stack."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from redflag_cli.bad_file import BadFile

if TYPE_CHECKING:
    from redflag_cli.imports import Job

imports = typer.Typer(no_args_is_help=True, help="Import members and check-ins from files.")

_BROKEN_OFF, _UNUSABLE, _STOPPED = 1, 2, 130
"""Exit statuses: can be continued, must be corrected first, stopped by hand."""

_GOES_ON = "The same command goes on from here."

Program = Annotated[str, typer.Option(help="The program's id.")]
Stack = Annotated[str | None, typer.Option(help="The stack's name; it says itself where its API is.")]
ApiUrl = Annotated[str | None, typer.Option(help="The API's address, without a stack's name.")]
TokenUrl = Annotated[str | None, typer.Option(help="Where the client gets its token, likewise.")]
State = Annotated[Path | None, typer.Option(help="Where progress is kept. FILE.progress unless given.")]


@imports.command("members")
def members_command(
    *,
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="phone[,name,email,external_id,membership]; .csv or .csv.gz."),
    ],
    program: Program,
    stack: Stack = None,
    api_url: ApiUrl = None,
    token_url: TokenUrl = None,
    state: State = None,
) -> None:
    """Enrol members. FILE.enrolled.csv says who they are now, FILE.refused.csv who was refused and why."""
    # Imported here: replays need neither HTTP nor locks.
    from redflag_cli.imports import import_members

    _carry_out(import_members, file, program, (stack, api_url, token_url), state)


@imports.command("check-ins")
def check_ins_command(
    *,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="checked_in_at,location_id, one of member_id, phone, external_id [,lat,lon,device_id]; "
            ".csv or .csv.gz.",
        ),
    ],
    program: Program,
    members: Annotated[
        Path | None,
        typer.Option(help="The file that importing members wrote; it says whose external_id is whose."),
    ] = None,
    stack: Stack = None,
    api_url: ApiUrl = None,
    token_url: TokenUrl = None,
    state: State = None,
) -> None:
    """Check members in, in the order of time. FILE.refused.csv says what was refused and why."""
    from redflag_cli.imports import import_check_ins

    def carry_out(job: "Job") -> str:
        return import_check_ins(job, members)

    _carry_out(carry_out, file, program, (stack, api_url, token_url), state)


def _carry_out(
    work: Callable[["Job"], str],
    file: Path,
    program: str,
    where: tuple[str | None, str | None, str | None],
    state: Path | None,
) -> None:
    """Do the work and print the result, or a sentence on what failed, with the exit status."""
    from redflag_cli.api import NoAnswer
    from redflag_cli.import_access import NoAccess, find_access
    from redflag_cli.import_client import Refused
    from redflag_cli.imports import Job

    messages = Console(stderr=True, soft_wrap=True, markup=False, highlight=False)
    try:
        typer.echo(work(Job(file, program, find_access(*where), messages, state)))
    except (NoAccess, BadFile) as error:
        messages.print(f"Error: {error}")
        raise typer.Exit(_UNUSABLE) from None
    except (NoAnswer, Refused) as error:
        messages.print(f"Error: {error} {_GOES_ON}")
        raise typer.Exit(_BROKEN_OFF) from None
    except KeyboardInterrupt:
        messages.print(f"Stopped. {_GOES_ON}")
        raise typer.Exit(_STOPPED) from None
