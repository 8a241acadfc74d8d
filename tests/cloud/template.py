"""template.yaml, as the tests read it: tables, functions' variables and grants stand there alone."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent.parent


class _Loader(yaml.SafeLoader):
    """Reads CloudFormation's short forms as the long ones."""


def _long_form(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> Any:
    value: Any
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)  # type: ignore[arg-type]
    if suffix == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}": value}


_Loader.add_multi_constructor("!", _long_form)


@cache
def _document() -> dict[str, Any]:
    text = (ROOT / "template.yaml").read_text()
    document: dict[str, Any] = yaml.load(text, Loader=_Loader)  # noqa: S506  a safe loader with tags
    return document


def resources() -> dict[str, Any]:
    """All resources, by logical id."""
    found: dict[str, Any] = _document()["Resources"]
    return found


def defaults() -> dict[str, str]:
    """The defaults of the parameters that have one."""
    parameters = _document()["Parameters"]
    return {name: str(each["Default"]) for name, each in parameters.items() if "Default" in each}


def tables() -> dict[str, dict[str, Any]]:
    """What `create_table` takes for each table, by logical id."""
    kept = ("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "BillingMode")
    found = {}
    for logical_id, resource in resources().items():
        if resource["Type"] == "AWS::DynamoDB::Table":
            properties = resource["Properties"]
            found[logical_id] = {name: properties[name] for name in kept if name in properties}
            if "StreamSpecification" in properties:
                stream = {"StreamEnabled": True, **properties["StreamSpecification"]}
                found[logical_id]["StreamSpecification"] = stream
    return found


def expiry_of(table: str) -> str | None:
    """The attribute by which a table's items expire."""
    settings = resources()[table]["Properties"].get("TimeToLiveSpecification")
    return settings["AttributeName"] if settings else None


def function_of(name: str) -> dict[str, Any]:
    """The properties of the function whose code is in `functions/<name>`."""
    return next(
        resource["Properties"]
        for resource in resources().values()
        if resource["Type"] == "AWS::Serverless::Function"
        and resource["Properties"]["CodeUri"] == f"functions/{name}"
    )


@cache
def functions() -> tuple[str, ...]:
    """All functions, by the names of their folders."""
    return tuple(
        resource["Properties"]["CodeUri"].removeprefix("functions/")
        for resource in resources().values()
        if resource["Type"] == "AWS::Serverless::Function"
    )


def variables_of(name: str) -> dict[str, Any]:
    """A function's environment, as the template writes it."""
    found: dict[str, Any] = function_of(name)["Environment"]["Variables"]
    return found


@dataclass(frozen=True)
class Route:
    """A route as the template declares it: its function, and whose tokens its authorizer takes."""

    function: str
    authorizer: str | None


@cache
def routes() -> dict[str, Route]:
    """All routes by their keys."""
    found = {}
    for resource in resources().values():
        if resource["Type"] == "AWS::ApiGatewayV2::Route":
            properties = resource["Properties"]
            integration = properties["Target"]["Fn::Sub"].removeprefix("integrations/${").removesuffix("}")
            function = resources()[integration]["Properties"]["IntegrationUri"]["Fn::GetAtt"][0]
            name = resources()[function]["Properties"]["CodeUri"].removeprefix("functions/")
            authorizer = properties.get("AuthorizerId")
            found[properties["RouteKey"]] = Route(name, authorizer and authorizer["Ref"])
    return found


@cache
def grants_of(name: str) -> frozenset[tuple[str, str]]:
    """What a function may do with tables: pairs of an action and a table, or `table/index/name`."""
    granted = set()
    for policy in function_of(name).get("Policies", []):
        for statement in policy["Statement"]:
            if not isinstance(statement, dict) or "Fn::If" in statement:
                continue
            for resource in _list(statement["Resource"]):
                for action in _list(statement["Action"]):
                    if action.startswith("dynamodb:"):
                        granted.add((action.removeprefix("dynamodb:"), _resource(resource)))
    return frozenset(granted)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _resource(resource: dict[str, Any]) -> str:
    if "Fn::GetAtt" in resource:
        return str(resource["Fn::GetAtt"][0])
    return str(resource["Fn::Sub"]).replace("${", "").replace(".Arn}", "")
