"""`redflag report recount`: what it says, what it mends, and how it ends."""

from typing import Any

import pytest
from botocore.exceptions import ClientError
from typer.testing import CliRunner, Result

from redflag.service.flags import recount as service
from redflag_cli import stack
from redflag_cli.main import app
from redflag_cli.stack import NotDone
from tests.cloud.program import Shop
from tests.cloud.streams import project

HEADER = "program\tday\tlocation\trule\tstatus\tcounted\tshould be"


@pytest.fixture
def flagged(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """A program with a flag that nobody has counted yet, in the stack that the command enters."""
    monkeypatch.setattr(stack, "enter", lambda _: {})
    shop.of("POST flag", shop.enrol(), body={"reason": "Seen."})
    return shop


def run(*options: str) -> Result:
    return CliRunner().invoke(app, ["report", "recount", "--stack", "redflag-test", *options])


def test_what_differs_is_told_and_the_command_fails(flagged: Shop) -> None:
    (flag,) = flagged.flags(flagged.enrolled[0])
    for _ in range(2):
        done = run("--program", flagged.program_id)
        assert done.exit_code == 1
        assert done.stdout.splitlines() == [
            HEADER,
            f"{flagged.program_id}\t2060-03-15\t-\tmanual\topen\t0\t1",
            f"{flagged.program_id}\tflag {flag.flag_id} was counted as something else than it is",
        ]
        assert done.stderr == "Counted 1 program: some numbers are wrong. --fix puts them right.\n"


def test_what_differs_is_put_right_and_the_command_succeeds(flagged: Shop) -> None:
    done = run("--program", flagged.program_id, "--fix")
    assert done.exit_code == 0
    assert "\tmanual\topen\t0\t1" in done.stdout
    assert "put right" in done.stderr
    again = run("--program", flagged.program_id)
    assert (again.exit_code, again.stdout) == (0, "")
    assert again.stderr == "Counted 1 program: all numbers are right.\n"


def test_every_program_is_counted_unless_one_is_named(flagged: Shop) -> None:
    other = Shop.open(flagged.backend, flagged.database, flagged.clock)
    other.of("POST flag", other.enrol(), body={"reason": "Seen."})
    project(flagged)
    assert run("--program", flagged.program_id).exit_code == 0
    done = run()
    assert done.exit_code == 1
    assert done.stdout.splitlines()[1].startswith(f"{other.program_id}\t")
    assert "Counted 2 programs" in done.stderr
    assert run("--fix").exit_code == 0
    assert service.recount(other.program_id).right


def test_a_program_that_does_not_exist_is_named(flagged: Shop) -> None:
    assert flagged.program_id
    done = run("--program", "p_nothing0")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == "Error: There is no program p_nothing0 in this stack.\n"


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (NotDone("The stack redflag-test is not one of Redflag."), "is not one of Redflag"),
        (
            ClientError({"Error": {"Code": "AccessDenied", "Message": "No."}}, "DescribeStacks"),
            "AWS does not let this happen: ",
        ),
    ],
)
def test_a_stack_that_cannot_be_entered_is_said_to_be_so(
    monkeypatch: pytest.MonkeyPatch, error: Exception, sentence: str
) -> None:
    def refuse(_: str) -> Any:
        raise error

    monkeypatch.setattr(stack, "enter", refuse)
    done = run()
    assert (done.exit_code, done.stdout) == (2, "")
    assert sentence in done.stderr
