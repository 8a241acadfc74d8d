"""The events in the repository: each is one that its function is really sent."""

import json
from typing import Any

import pytest

from tests.cloud.backends import Backend
from tests.cloud.requests import event_of, invoke
from tests.cloud.template import ROOT, routes

NAMES = sorted(path.stem for path in (ROOT / "events").glob("*.json"))
HTTP = [name for name in NAMES if event_of(name).get("version") == "2.0" and name != "authorizer"]
PAGES = {"unsubscribe"}
"""Events whose answer is a page for people."""
OTHERS: dict[str, tuple[str, Any]] = {
    "digest_tick": ("digest_tick", {"due": 0}),
    "mail_feedback": ("mail_feedback", None),
    "mailer": ("mailer", {"batchItemFailures": []}),
    "retention": ("retention", None),
    "audit_stream": ("announcer", {"batchItemFailures": []}),
    "authorizer": ("authorizer", {"isAuthorized": False, "context": {}}),
    "members_stream": ("projector", {"batchItemFailures": []}),
    "places_stream": ("projector", {"batchItemFailures": []}),
    "pre_token_generation": ("login_gate", event_of("pre_token_generation")),
}


@pytest.mark.parametrize("name", HTTP)
def test_an_http_event_is_of_a_route_of_the_template_and_consistent_in_itself(name: str) -> None:
    event = event_of(name)
    context = event["requestContext"]
    assert event["routeKey"] == context["routeKey"]
    method, pattern = event["routeKey"].split(" ")
    assert (method, event["rawPath"]) == (context["http"]["method"], context["http"]["path"])
    assert pattern.format(**event.get("pathParameters", {})) == event["rawPath"]
    route = routes()[event["routeKey"]]
    expected = {"AnyPoolAuthorizer": {"lambda"}, None: set()}.get(route.authorizer, {"jwt"})
    assert set(context.get("authorizer", {})) == expected
    if "body" in event:
        assert event["headers"]["content-length"] == str(len(event["body"]))
        json.loads(event["body"])


@pytest.mark.parametrize("name", sorted(PAGES))
def test_an_event_of_a_page_is_answered_with_one(cloud: Backend, name: str) -> None:
    answer = invoke(cloud, routes()[event_of(name)["routeKey"]].function, event_of(name))
    assert answer["statusCode"] == 404
    assert answer["body"].startswith("<!doctype html>")


@pytest.mark.parametrize("name", sorted(set(HTTP) - PAGES))
def test_an_http_event_is_answered_by_its_function(cloud: Backend, name: str) -> None:
    event = event_of(name)
    answer = invoke(cloud, routes()[event["routeKey"]].function, event)
    # The program of the events is in no table here, so its callers are strangers.
    body = json.loads(answer["body"])
    assert (answer["statusCode"], body["code"]) in ((403, "forbidden"), (404, "not_found"))


@pytest.mark.parametrize("name", OTHERS)
def test_an_event_of_another_kind_is_followed_by_its_function(
    cloud: Backend, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("STAFF_ISSUER", "APP_ISSUER"):
        monkeypatch.setenv(variable, "https://issuer.example.com")
    function, expected = OTHERS[name]
    if function == "authorizer":
        assert _authorize(event_of(name)) == expected
    else:
        assert invoke(cloud, function, event_of(name)) == expected


def _authorize(event: dict[str, Any]) -> Any:
    from functions.authorizer.app import handler  # noqa: PLC0415  (beside the others, which are invoked)

    return handler(event, None)


def test_every_event_is_of_one_of_these_kinds() -> None:
    assert set(NAMES) == set(HTTP) | set(OTHERS)


def test_every_function_has_an_event_to_try_it_with() -> None:
    functions = {routes()[event_of(name)["routeKey"]].function for name in HTTP}
    assert functions | {function for function, _ in OTHERS.values()} == {
        path.parent.name for path in (ROOT / "functions").glob("*/app.py")
    }
