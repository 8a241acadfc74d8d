"""`redflag report`: maintaining the numbers of a deployed stack's reports."""

from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from redflag.core.evidence import count

if TYPE_CHECKING:
    from redflag_cli.recount import Recounted

commands = typer.Typer(no_args_is_help=True, help="Reports of a deployed stack.")

_DIFFERS = 1
_UNUSABLE = 2
_COLUMNS = ("program", "day", "location", "rule", "status", "counted", "should be")


@commands.command("recount")
def recount_command(
    *,
    stack: Annotated[str, typer.Option(help="The stack's name, such as redflag-dev.")],
    program: Annotated[
        str | None, typer.Option(metavar="ID", help="Only this program; every one unless given.")
    ] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Put right what is wrong.")] = False,
) -> None:
    """Count the flags anew, and print where the summary's numbers differ. Ends with 1 when they do."""
    # Imported here: replays need no AWS.
    from redflag_cli.recount import recounted
    from redflag_cli.stack import NotDone

    messages = Console(stderr=True, soft_wrap=True, markup=False, highlight=False)
    wrong, programs = False, 0
    try:
        for each in recounted(stack, program, fix=fix):
            programs += 1
            if not each.found.right:
                _report(each, first=not wrong)
                wrong = True
    except NotDone as error:
        messages.print(f"Error: {error}")
        raise typer.Exit(_UNUSABLE) from None
    counted = count(programs, "program")
    if not wrong:
        messages.print(f"Counted {counted}: all numbers are right.")
    elif fix:
        messages.print(f"Counted {counted}: what was wrong has been put right.")
    else:
        messages.print(f"Counted {counted}: some numbers are wrong. --fix puts them right.")
        raise typer.Exit(_DIFFERS)


def _report(each: "Recounted", *, first: bool) -> None:
    """What was wrong, in lines whose columns are parted by tabs."""
    if first:
        typer.echo("\t".join(_COLUMNS))
    for difference in each.found.differences:
        what = difference.what
        cells = (each.program_id, what.day, what.location_id or "-", what.rule, what.status.value)
        typer.echo("\t".join(map(str, (*cells, difference.counted, difference.should_be))))
    for flag_id in each.found.flags:
        typer.echo(f"{each.program_id}\tflag {flag_id} was counted as something else than it is")
