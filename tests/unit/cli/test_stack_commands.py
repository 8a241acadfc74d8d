"""What the commands for a deployed stack say before they have asked AWS for anything."""

import os
from unittest.mock import patch

import boto3
import pytest
from moto import mock_aws
from typer.testing import CliRunner

from redflag_cli.main import app
from redflag_cli.stack import NoStack, outputs_of

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
@mock_aws
def test_either_variable_says_the_region(name: str) -> None:
    elsewhere = {"AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull}
    boto3.client("cloudformation", "eu-west-3").create_stack(
        StackName="other", TemplateBody='{"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}}'
    )
    with patch.dict(os.environ, elsewhere):
        for variable in ("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE"):
            os.environ.pop(variable, None)
        os.environ[name] = "eu-west-3"
        with (
            patch.object(boto3, "DEFAULT_SESSION", None),
            pytest.raises(NoStack, match="not one of Redflag"),
        ):
            outputs_of("other")
