"""openapi.json: valid, made from the code as it is, and about the routes that the template serves."""

import json
import re
import subprocess
import sys
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from tests.cloud.template import ROOT, resources

DOCUMENT: dict[str, Any] = json.loads((ROOT / "openapi.json").read_text())
OPERATIONS = {
    f"{method.upper()} {path}": operation
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
}
ROUTES = {
    resource["Properties"]["RouteKey"]: resource["Properties"]
    for resource in resources().values()
    if resource["Type"] == "AWS::ApiGatewayV2::Route"
}


def schemas(node: Any) -> list[dict[str, Any]]:
    """Every object of the document, however deep."""
    if isinstance(node, list):
        return [found for each in node for found in schemas(each)]
    if isinstance(node, dict):
        return [node, *(found for each in node.values() for found in schemas(each))]
    return []


def test_it_is_a_valid_openapi_3_1_document() -> None:
    assert DOCUMENT["openapi"].startswith("3.1.")
    assert not list(OpenAPIV31SpecValidator(DOCUMENT).iter_errors())


def test_it_says_what_the_code_says() -> None:
    command = [sys.executable, str(ROOT / "tools" / "openapi.py"), "--check"]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr


def test_its_routes_are_those_of_the_template() -> None:
    assert set(OPERATIONS) == set(ROUTES)


@pytest.mark.parametrize("route", sorted(ROUTES))
def test_a_route_wants_a_token_where_the_template_does(route: str) -> None:
    shut = ROUTES[route]["AuthorizationType"] != "NONE"
    assert OPERATIONS[route].get("security", []) == ([{"bearer": []}] if shut else [])


@pytest.mark.parametrize("route", sorted(OPERATIONS))
def test_a_route_names_the_parameters_of_its_path_and_its_problems(route: str) -> None:
    operation = OPERATIONS[route]
    in_path = {p["name"] for p in operation.get("parameters", []) if p["in"] == "path"}
    assert in_path == set(re.findall(r"{(\w+)}", route))
    assert operation["summary"]
    assert list(operation["responses"]["default"]["content"]) == ["application/problem+json"]


def test_operations_have_names_of_their_own() -> None:
    names = [operation["operationId"] for operation in OPERATIONS.values()]
    assert len(set(names)) == len(names)


def test_every_schema_that_is_named_exists_and_is_used() -> None:
    used = {found["$ref"].rpartition("/")[2] for found in schemas(DOCUMENT) if "$ref" in found}
    assert used == set(DOCUMENT["components"]["schemas"])


def test_what_is_sent_may_have_no_unknown_fields() -> None:
    taken = [operation["requestBody"] for operation in OPERATIONS.values() if "requestBody" in operation]
    names = {found["$ref"].rpartition("/")[2] for body in taken for found in schemas(body) if "$ref" in found}
    while (
        more := {
            found["$ref"].rpartition("/")[2]
            for name in names
            for found in schemas(DOCUMENT["components"]["schemas"][name])
            if "$ref" in found
        }
        - names
    ):
        names |= more
    open_ended = {
        name
        for name in names
        if "enum" not in (shape := DOCUMENT["components"]["schemas"][name])
        and shape.get("additionalProperties", True) is not False
    }
    assert open_ended == set()
