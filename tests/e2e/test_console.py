"""The console where it is deployed: from S3 through CloudFront, and from the local server."""

import os
import re
import subprocess
import sys
from collections.abc import Callable

import httpx
import pytest

from local_cloud.emulator import ROOT, aws_environment
from tests.e2e.world import World

type Get = Callable[[str], httpx.Response]


def deploy(world: World, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Deploy the console as on AWS."""
    tool = str(ROOT / "tools/deploy_console.py")
    command = [sys.executable, tool, "--stack", world.stack.stack_name, *arguments]
    environment = os.environ | aws_environment(world.stack.endpoint_url)
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def deployed(world: World) -> Get:
    """Asks the stack's own distribution, to which the console has been deployed."""
    done = deploy(world)
    assert done.returncode == 0, done.stderr
    found = re.search(r"The console is at https://(\S+)\. ", done.stdout)
    assert found is not None, done.stdout
    headers = {"Host": found[1], "X-Forwarded-Proto": "https"}
    return lambda path: httpx.get(f"{world.stack.endpoint_url}{path}", headers=headers, timeout=30)


@pytest.fixture(scope="module", params=["distribution", "local"])
def get(request: pytest.FixtureRequest, world: World) -> Get:
    """Asks one of the two, which answer alike."""
    if request.param == "distribution":
        distribution: Get = request.getfixturevalue("deployed")
        return distribution
    return lambda path: httpx.get(f"{world.stack.console_url}{path}")


@pytest.mark.parametrize("path", ["/", "/members", "/members/m_0000000000000?from=mail", "/signed-in"])
def test_every_page_is_the_document_under_its_policy(get: Get, path: str) -> None:
    answer = get(path)
    assert answer.status_code == 200
    assert '<div id="root">' in answer.text
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["cache-control"] == "no-cache"
    assert "script-src 'self';" in answer.headers["content-security-policy"]
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_file_that_does_not_exist_is_no_page(get: Get) -> None:
    assert get("/assets/nothing.js").status_code in {403, 404}


def test_files_with_their_contents_in_their_names_may_be_kept(get: Get) -> None:
    document = get("/").text
    script = document.partition('src="')[2].partition('"')[0]
    answer = get(script)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]


def test_the_configuration_is_the_stacks(get: Get, world: World) -> None:
    answer = get("/config.json")
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.json()["staff"]["client_id"] == world.stack.staff.client_id


def test_the_members_pages_are_of_the_program_that_was_named_last(deployed: Get, world: World) -> None:
    def shown() -> tuple[str | None, str]:
        app = deployed("/config.json").json()["app"]
        return app["program_id"], app["client_id"]

    usual = world.stack.app.client_id
    assert shown() == (None, usual)
    refused = deploy(world, "--program", "p_00000000")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "no program p_00000000 in this stack" in refused.stderr
    assert shown() == (None, usual)

    for arguments in (("--program", world.stack.program_id), ()):
        done = deploy(world, *arguments)
        assert done.returncode == 0, done.stderr
        assert f"The member's pages of {world.stack.program_id} are at https://" in done.stdout
        assert shown() == (world.stack.program_id, usual)

    other = world.program()
    done = deploy(world, "--program", other.program_id)
    assert "an owner adds a client of the kind app" in done.stdout
    made = other.owner.post("/v1/app-clients", {"name": "The app", "kind": "app"}).json()["client_id"]
    assert "kind app" not in deploy(world).stdout
    assert shown() == (other.program_id, made)


def test_browsers_may_call_the_api_from_the_console_and_from_nowhere_else(world: World) -> None:
    def asked_from(origin: str) -> str | None:
        preflight = {"Origin": origin, "Access-Control-Request-Method": "GET"}
        answer = httpx.options(f"{world.stack.api_url}/v1/me", headers=preflight)
        allowed: str | None = answer.headers.get("access-control-allow-origin")
        return allowed

    assert asked_from(world.stack.console_url) == world.stack.console_url
    assert asked_from("https://elsewhere.example.com") is None
