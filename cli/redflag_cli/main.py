"""The `redflag` command. Each command reads, calls one module that does the work, and prints."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from redflag_cli import audit_command, output, report
from redflag_cli.bad_file import BadFile, quoted, read_zone
from redflag_cli.check_in_file import Row, read_check_ins
from redflag_cli.import_command import imports
from redflag_cli.location_file import NamedLocation, read_locations
from redflag_cli.progress import progress
from redflag_cli.replay import Replay, replay
from redflag_cli.settings_file import read_settings_file
from redflag_cli.support import support

app = typer.Typer(
    name="redflag", no_args_is_help=True, add_completion=False, pretty_exceptions_show_locals=False
)

programs = typer.Typer(no_args_is_help=True, help="Programs of a deployed stack.")
app.add_typer(programs, name="program")
app.add_typer(audit_command.app, name="audit")
app.add_typer(imports, name="import")
app.add_typer(report.commands, name="report")
app.add_typer(support, name="support")

_UNUSABLE = 2
"""The exit status when an argument or a file cannot be used."""


@app.callback()
def redflag() -> None:
    """Check-in integrity for loyalty programmes."""


@app.command("replay")
def replay_command(
    *,
    check_ins: Annotated[
        Path,
        typer.Argument(
            metavar="CSV", help="Check-ins: member_id,location_id,checked_in_at[,lat,lon]; .csv or .csv.gz."
        ),
    ],
    settings: Annotated[Path, typer.Option(help="Settings as JSON, in the shape of GET /v1/settings.")],
    locations: Annotated[
        Path | None,
        typer.Option(help="Locations as JSON or CSV: location_id, name, time_zone, hours, exceptions."),
    ] = None,
    time_zone: Annotated[str, typer.Option(help="The zone of locations that name none.")] = "UTC",
    output_format: Annotated[
        output.Format, typer.Option("--format", help="What to write.")
    ] = output.Format.TABLE,
    output_file: Annotated[
        Path | None, typer.Option("--output", help="Write to this file instead of standard output.")
    ] = None,
) -> None:
    """Run the rules over a file of check-ins, without a cloud, and show who would be flagged."""
    messages = Console(stderr=True, soft_wrap=True, markup=False, highlight=False)
    inputs = (file for file in (check_ins, settings, locations) if file is not None and file.exists())
    if output_file is not None and output_file.exists() and any(map(output_file.samefile, inputs)):
        raise typer.BadParameter("This file is read as well; name another one.", param_hint="--output")
    try:
        named, result = _replayed(messages, check_ins, settings, locations, time_zone)
        _write(result, named, output_format, output_file)
    except BadFile as error:
        messages.print(f"Error: {error}")
        raise typer.Exit(_UNUSABLE) from None
    if output_format is output.Format.CSV or output_file is not None:
        messages.print(output.summary_table(result))


@programs.command("create")
def create_program(
    *,
    stack: Annotated[str, typer.Option(help="The stack's name, such as redflag-dev.")],
    name: Annotated[str, typer.Option(help="The merchant's name.")],
    region: Annotated[str, typer.Option(help="Whose local phone numbers the program's are, such as US.")],
    owner_email: Annotated[str, typer.Option(help="Who owns the program, and gives others access.")],
    owner_subject: Annotated[
        str | None, typer.Option(help="The owner's subject at an identity provider of your own.")
    ] = None,
) -> None:
    """Create a program with its first owner."""
    # Imported here: replays need no AWS.
    from redflag_cli.program import create
    from redflag_cli.stack import NotDone

    messages = Console(stderr=True, soft_wrap=True, markup=False, highlight=False)
    try:
        created = create(stack, name, region.upper(), owner_email, owner_subject)
    except NotDone as error:
        messages.print(f"Error: {error}")
        raise typer.Exit(_UNUSABLE) from None
    typer.echo(f"program {created.program_id}\nowner   {created.owner_subject}")


def _replayed(
    messages: Console, check_ins: Path, settings_file: Path, location_file: Path | None, time_zone: str
) -> tuple[dict[str, NamedLocation], Replay]:
    try:
        zone = read_zone(time_zone)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--time-zone") from None
    settings = read_settings_file(settings_file)
    named = {} if location_file is None else read_locations(location_file, zone)
    with progress(messages) as step:
        rows: list[Row] = []
        advance = step("Reading", None)
        for row in read_check_ins(check_ins):
            rows.append(row)
            advance()
        locations = {location_id: place.location for location_id, place in named.items()}
        result = replay(rows, settings, locations, zone, step("Replaying", len(rows)))
    unlisted = {row.location_id for row in rows} - named.keys()
    if location_file is not None and unlisted:
        some = "location of the check-ins is" if len(unlisted) == 1 else "locations of the check-ins are"
        messages.print(
            f"Note: {len(unlisted)} {some} not in {location_file}, such as {quoted(min(unlisted))}. "
            f"Taken to be in {time_zone}, without hours."
        )
    return named, result


def _write(
    result: Replay, named: dict[str, NamedLocation], output_format: output.Format, output_file: Path | None
) -> None:
    names = {location_id: place.name for location_id, place in named.items() if place.name}
    console = Console()
    if output_format is output.Format.TABLE and output_file is None and console.is_terminal:
        console.print(output.flags_table(result, names))
        console.print(output.summary_table(result))
        return
    text = {
        output.Format.TABLE: lambda: output.as_text(result, names),
        output.Format.JSON: lambda: output.as_json(result),
        output.Format.CSV: lambda: output.as_csv(result),
    }[output_format]()
    if output_file is None:
        typer.echo(text, nl=False)
        return
    try:
        output_file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadFile(output_file, f"The file cannot be written: {error.strerror or error}.") from None


if __name__ == "__main__":
    app()
