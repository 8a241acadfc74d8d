"""`redflag support`: the people of the platform's support of a deployed stack."""

from collections.abc import Callable
from typing import Annotated

import typer
from rich.console import Console

support = typer.Typer(no_args_is_help=True, help="The platform's support of a deployed stack.")

_UNUSABLE = 2

_Stack = Annotated[str, typer.Option(help="The stack's name, such as redflag-dev.")]
_Email = Annotated[str, typer.Option(help="The person's e-mail address.")]
_Subject = Annotated[
    str | None, typer.Option(help="The person's subject at an identity provider of your own.")
]


@support.command("add")
def add_support(*, stack: _Stack, email: _Email, subject: _Subject = None) -> None:
    """Give a person access as the platform's support."""
    # Imported here: replays need no AWS.
    from redflag_cli.supporters import add

    _print_outcome(lambda: add(stack, email, subject))


@support.command("remove")
def remove_support(*, stack: _Stack, email: _Email, subject: _Subject = None) -> None:
    """Revoke the access of a person of the platform's support."""
    from redflag_cli.supporters import remove

    _print_outcome(lambda: remove(stack, email, subject))


def _print_outcome(act: Callable[[], str]) -> None:
    from redflag_cli.stack import NotDone

    try:
        subject = act()
    except NotDone as error:
        Console(stderr=True, soft_wrap=True, markup=False, highlight=False).print(f"Error: {error}")
        raise typer.Exit(_UNUSABLE) from None
    typer.echo(f"support {subject}")
