"""What the commands for a deployed stack say before they have asked AWS for anything."""

import os
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import boto3
import pytest
from typer.testing import CliRunner

from redflag_cli.main import app
from redflag_cli.stack import NotDone, outputs_of

PROGRAM = ["program", "create", "--name", "Corner", "--owner-email", "olive@example.com"]
SUPPORT = ["--email", "olive@example.com"]


def refused(*arguments: str) -> str:
    """What a command that does nothing says; it knows of no region of AWS."""
    nowhere = {"AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull}
    with patch.dict(os.environ, nowhere):
        for name in ("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE"):
            os.environ.pop(name, None)
        result = CliRunner().invoke(app, [*arguments, "--stack", "redflag-dev"])
    assert (result.exit_code, result.stdout) == (2, "")
    return result.stderr


def test_a_region_without_phone_numbers_is_refused() -> None:
    said = refused(*PROGRAM, "--region", "XX")
    assert said == "Error: XX is no region with phone numbers. Give one such as US or DE.\n"


@pytest.mark.parametrize(
    "command",
    [[*PROGRAM, "--region", "us"], ["support", "add", *SUPPORT], ["support", "remove", *SUPPORT]],
    ids=lambda command: " ".join(command[:2]),
)
def test_without_a_region_of_aws_nothing_is_done(command: list[str]) -> None:
    assert refused(*command) == "Error: Say in which region the stack is: set AWS_REGION.\n"


@pytest.mark.parametrize("name", ["AWS_REGION", "AWS_DEFAULT_REGION"])
def test_either_variable_says_the_region(name: str) -> None:
    asked: list[str] = []

    def of_somebody_else(params: dict[str, Any], **_: Any) -> Any:
        asked.append(params["url"])
        return SimpleNamespace(status_code=200), {"Stacks": [{"StackName": "other", "Outputs": []}]}

    elsewhere = {"AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull}
    with patch.dict(os.environ, elsewhere):
        for variable in ("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE"):
            os.environ.pop(variable, None)
        os.environ[name] = "eu-west-3"
        session = boto3.Session()
        # moto stays out of it: it would begin anew, and take from other tests what they have made.
        session.events.register("before-call.cloudformation.DescribeStacks", of_somebody_else)
        with (
            patch.object(boto3, "DEFAULT_SESSION", session),
            pytest.raises(NotDone, match="not one of Redflag"),
        ):
            outputs_of("other")
    assert asked == ["https://cloudformation.eu-west-3.amazonaws.com/"]
