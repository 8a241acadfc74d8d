"""The console where it is deployed: from S3 through CloudFront, and from the local server."""

from collections.abc import Callable

import boto3
import deploy_console
import httpx
import pytest

from tests.e2e.world import World

type Get = Callable[[str], httpx.Response]


@pytest.fixture(scope="module")
def deployed(world: World) -> Get:
    """Asks the stack's own distribution, to which the console has been deployed as on AWS."""
    stack = world.stack
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {
            "AWS_ENDPOINT_URL": stack.endpoint_url,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
        }.items():
            patch.setenv(name, value)
        url = deploy_console.deploy(boto3.Session(region_name=stack.region), stack.stack_name)
    headers = {"Host": url.removeprefix("https://"), "X-Forwarded-Proto": "https"}
    return lambda path: httpx.get(f"{stack.endpoint_url}{path}", headers=headers, timeout=30)


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


def test_browsers_may_call_the_api_from_the_console_and_from_nowhere_else(world: World) -> None:
    def asked_from(origin: str) -> str | None:
        preflight = {"Origin": origin, "Access-Control-Request-Method": "GET"}
        answer = httpx.options(f"{world.stack.api_url}/v1/me", headers=preflight)
        allowed: str | None = answer.headers.get("access-control-allow-origin")
        return allowed

    assert asked_from(world.stack.console_url) == world.stack.console_url
    assert asked_from("https://elsewhere.example.com") is None
