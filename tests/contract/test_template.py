"""template.yaml against the code: routes, variables, grants and packages are those it has use for."""

import ast
import importlib
import json
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import build
import pytest

from tests.cloud import template
from tests.cloud.template import ROOT, function_of, functions, resources, variables_of

FUNCTIONS = functions()
AUTHORIZERS = {
    "POST /v1/check-ins": "App",
    "POST /v1/check-ins/batch": "App",
    "POST /v1/login-gate": "App",
    "GET /v1/programs/{program_id}/contact": None,
    "GET /v1/programs/{program_id}/locations": None,
    "GET /v1/unsubscribe": None,
    "POST /v1/unsubscribe": None,
    "POST /v1/members": "AnyPool",
    "POST /v1/members/{member_id}/point-edits": "AnyPool",
}
"""The authorizers of the routes that not only staff may call."""

WITHOUT_RESOURCE = {"ses:GetAccount"}
"""Actions that IAM grants for an account as a whole, or not at all."""

# What a function must be granted to have use for a variable.
PURPOSES = {
    "MAILER_QUEUE": "sqs:SendMessage MailerQueue",
    "RETENTION_QUEUE": "sqs:SendMessage RetentionQueue",
    "SENDER_ADDRESS": "ses:SendEmail",
    "MAIL_CONFIGURATION_SET": "ses:SendEmail",
    "LOOKUP_SECRET_ARN": "secretsmanager:GetSecretValue LookupSecret",
    "WEBHOOK_SECRET_ARN": "secretsmanager:GetSecretValue WebhookSecret",
    "EVENT_BUS_NAME": "events:PutEvents",
    "DATA_KEY_ARN": "kms:Encrypt",
    "STAFF_POOL_ID": "cognito-idp:AdminCreateUser",
    "APP_POOL_ID": "cognito-idp:CreateUserPoolClient",
    "API_ID": "apigateway:PATCH",
}


def of_type(kind: str) -> dict[str, dict[str, Any]]:
    return {logical_id: resource for logical_id, resource in resources().items() if resource["Type"] == kind}


def logical_id_of(function: str) -> str:
    return "".join(part.title() for part in function.split("_")) + "Function"


def statements_of(function: str) -> Iterator[dict[str, Any]]:
    for policy in function_of(function).get("Policies", []):
        for statement in policy["Statement"]:
            # A statement under a condition: the form for a stack with its own pools.
            yield statement["Fn::If"][1] if "Fn::If" in statement else statement


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def actions_of(function: str) -> set[str]:
    """What a function may do; and to what, where one name would not tell."""
    return {
        asked
        for statement in statements_of(function)
        for action in listed(statement["Action"])
        for resource in listed(statement["Resource"])
        for asked in (action, f"{action} {_name_of(resource)}")
    }


def _name_of(resource: Any) -> str:
    return str(resource["Fn::GetAtt"][0]) if "Fn::GetAtt" in resource else ""


# ---- routes


def routes() -> dict[str, dict[str, Any]]:
    return {
        route["Properties"]["RouteKey"]: route["Properties"]
        for route in of_type("AWS::ApiGatewayV2::Route").values()
    }


def test_every_route_of_the_api_document_is_declared_and_no_other() -> None:
    document = json.loads((ROOT / "openapi.json").read_text())
    documented = {
        f"{method.upper()} {path}" for path, operations in document["paths"].items() for method in operations
    }
    assert set(routes()) == documented


@pytest.mark.parametrize("function", sorted({route.function for route in template.routes().values()}))
def test_a_route_leads_to_the_function_that_serves_it(function: str) -> None:
    app = importlib.import_module(f"functions.{function}.app")
    if hasattr(app, "routes") and hasattr(app.routes, "by_key"):
        served = set(app.routes.by_key)
    else:
        paths = json.loads(app.app.get_openapi_json_schema(openapi_version="3.1.0"))["paths"]
        served = {
            f"{method.upper()} {re.sub(r'<(\w+)>', r'{\1}', path)}"
            for path, operations in paths.items()
            for method in operations
        }
    integration = logical_id_of(function).replace("Function", "Integration")
    target = {"Fn::Sub": f"integrations/${{{integration}}}"}
    declared = {key for key, route in routes().items() if route["Target"] == target}
    assert declared == served
    assert resources()[integration]["Properties"]["IntegrationUri"] == {
        "Fn::GetAtt": [logical_id_of(function), "Arn"]
    }


def test_every_route_but_the_public_one_has_the_authorizer_of_its_callers() -> None:
    for key, route in routes().items():
        authorizer = AUTHORIZERS.get(key, "Staff")
        if authorizer is None:
            assert route["AuthorizationType"] == "NONE"
            assert "AuthorizerId" not in route
        else:
            kind = "CUSTOM" if authorizer == "AnyPool" else "JWT"
            assert (route["AuthorizationType"], route["AuthorizerId"]) == (
                kind,
                {"Ref": f"{authorizer}Authorizer"},
            ), key


@pytest.mark.parametrize("client", ["ConsoleClient", "MobileClient"])
def test_a_password_leaves_its_browser_on_no_machine_but_ones_own(client: str) -> None:
    flows = resources()[client]["Properties"]["ExplicitAuthFlows"]
    by_password = {"Fn::If": ["IsLocal", "ALLOW_USER_PASSWORD_AUTH", {"Ref": "AWS::NoValue"}]}
    assert flows == ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH", by_password]


# ---- variables


@cache
def imported_by(function: str) -> frozenset[Path]:
    """The files of this repository that importing a function may load."""
    found: set[Path] = set()
    waiting = [ROOT / "functions" / function / "app.py"]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found.add(path)
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("redflag"):
                names = [f"{node.module}.{alias.name}" for alias in node.names] + [str(node.module)]
                for name in names:
                    module = ROOT / "layers" / "common" / Path(*name.split("."))
                    waiting += [
                        candidate
                        for candidate in (module.with_suffix(".py"), module / "__init__.py")
                        if candidate.exists()
                    ]
    return frozenset(found)


def read_in(path: Path) -> Iterator[re.Pattern[str]]:
    """The variables that a file reads, as patterns: some names are put together."""
    for node in ast.walk(ast.parse(path.read_text())):
        name: ast.expr | None = None
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
            name = node.slice
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "os.environ.get":
            name = node.args[0]
        if isinstance(name, ast.Constant):
            yield re.compile(re.escape(str(name.value)))
        elif isinstance(name, ast.JoinedStr):
            parts = (
                re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"\w+"
                for part in name.values
            )
            yield re.compile("".join(parts))


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_reads_every_variable_that_it_is_given(function: str) -> None:
    read = [pattern for path in imported_by(function) for pattern in read_in(path)]
    unread = {name for name in variables_of(function) if not any(p.fullmatch(name) for p in read)}
    assert not unread


def test_every_variable_that_the_code_reads_is_given_to_some_function() -> None:
    given = {name for function in FUNCTIONS for name in variables_of(function)}
    # The SDK's own: it points at an emulator.
    given.add("AWS_ENDPOINT_URL")
    for function in FUNCTIONS:
        for path in imported_by(function):
            for pattern in read_in(path):
                assert any(pattern.fullmatch(name) for name in given), f"{path}: {pattern.pattern}"


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_knows_the_tables_that_it_may_use_and_no_others(function: str) -> None:
    known = {value["Ref"] for name, value in variables_of(function).items() if name.endswith("_TABLE")}
    granted = set()
    for statement in statements_of(function):
        if any(action.startswith("dynamodb:") for action in listed(statement["Action"])):
            for resource in listed(statement["Resource"]):
                text = resource.get("Fn::Sub") or resource["Fn::GetAtt"][0]
                granted.add(re.sub(r"^\$\{(\w+)\.Arn\}/index/\w+$", r"\1", text))
    assert known == granted


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_knows_what_else_it_may_use_and_nothing_more(function: str) -> None:
    known = {name for name in PURPOSES if name in variables_of(function)}
    granted = {name for name, action in PURPOSES.items() if action in actions_of(function)}
    assert known == granted


# ---- grants


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_grant_names_its_actions_and_its_resource(function: str) -> None:
    for statement in statements_of(function):
        assert statement["Effect"] == "Allow"
        assert re.fullmatch(r"[A-Z]\w+", statement["Sid"])
        for action in listed(statement["Action"]):
            assert re.fullmatch(r"[a-z-]+:[A-Za-z]+", action)
        if set(listed(statement["Action"])) <= WITHOUT_RESOURCE:
            assert statement["Resource"] == "*"
            continue
        for resource in listed(statement["Resource"]):
            assert isinstance(resource, dict), f"{statement['Sid']} names no resource of this stack"
            assert "*" not in json.dumps(resource)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_statements_of_a_function_have_names_of_their_own(function: str) -> None:
    names = [statement["Sid"] for statement in statements_of(function)]
    assert len(names) == len(set(names))


# ---- packages


def test_the_layer_and_the_functions_have_one_architecture() -> None:
    layer = resources()["CommonLayer"]
    assert layer["Properties"]["CompatibleArchitectures"] == [{"Ref": "Architecture"}]
    text = (ROOT / "template.yaml").read_text()
    assert "    Architectures: [!Ref Architecture]\n" in text
    default = re.search(r"  Architecture:\n    Type: String\n    Default: (\w+)", text)
    assert default is not None
    assert layer["Metadata"]["BuildArchitecture"] == default[1]
    for function in FUNCTIONS:
        assert "Architectures" not in function_of(function)


def test_everything_is_built_for_one_version_of_python() -> None:
    version = (ROOT / ".python-version").read_text().strip()
    assert resources()["CommonLayer"]["Metadata"]["BuildMethod"] == f"python{version}"
    assert f"    Runtime: python{version}\n" in (ROOT / "template.yaml").read_text()


@pytest.mark.parametrize("architecture", ["arm64", "x86_64"])
def test_the_build_sets_the_architecture_of_the_layer(architecture: str) -> None:
    assert f"\n      BuildArchitecture: {architecture}\n" in build.effective_template(architecture)


def test_the_build_keeps_the_descriptions_of_the_services_that_the_code_calls() -> None:
    called = set()
    for path in (ROOT / "layers" / "common" / "redflag").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("client", "wiring.client"):
                called.add(ast.literal_eval(node.args[0]))
    assert called == build.SERVICES


def test_the_layer_ships_what_is_imported_and_nothing_else() -> None:
    names = {
        "aws-lambda-powertools": "aws_lambda_powertools",
        "fluent.runtime": "fluent",
        "phonenumberslite": "phonenumbers",
        "PyJWT[crypto]": "jwt",
    }
    required = {
        names.get(line.partition("==")[0], line.partition("==")[0])
        for line in (ROOT / "layers/common/requirements.in").read_text().splitlines()
        if line and not line.startswith("#")
    }
    imported = set()
    for path in {path for function in FUNCTIONS for path in imported_by(function)}:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                imported.add(str(node.module).partition(".")[0])
    types_only = {"types_boto3_dynamodb", "types_boto3_kms"}
    read_by_zoneinfo = {"tzdata"}
    assert imported - sys.stdlib_module_names - types_only - {"redflag"} == required - read_by_zoneinfo


# ---- data, and what happens to it


def test_every_table_is_encrypted_restorable_and_kept_in_production() -> None:
    tables = of_type("AWS::DynamoDB::Table")
    assert len(tables) == 6
    for table in tables.values():
        properties = table["Properties"]
        assert properties["BillingMode"] == "PAY_PER_REQUEST"
        assert properties["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
        assert properties["SSESpecification"]["KMSMasterKeyId"] == {"Fn::GetAtt": ["DataKey", "Arn"]}
        assert properties["DeletionProtectionEnabled"] == {"Fn::If": ["IsProd", True, False]}


@pytest.mark.parametrize(
    "kind",
    ["AWS::DynamoDB::Table", "AWS::KMS::Key", "AWS::SecretsManager::Secret", "AWS::Cognito::UserPool"],
)
def test_production_keeps_what_cannot_be_made_again(kind: str) -> None:
    for resource in of_type(kind).values():
        for policy in ("DeletionPolicy", "UpdateReplacePolicy"):
            assert resource[policy] == {"Fn::If": ["IsProd", "Retain", "Delete"]}


def test_every_stream_sets_aside_what_fails_and_goes_on() -> None:
    readers = [
        event["Properties"]
        for function in FUNCTIONS
        for event in function_of(function).get("Events", {}).values()
        if event["Type"] == "DynamoDB"
    ]
    read = Counter(properties["Stream"]["Fn::GetAtt"][0] for properties in readers)
    assert set(read) == {
        logical_id
        for logical_id, table in of_type("AWS::DynamoDB::Table").items()
        if "StreamSpecification" in table["Properties"]
    }
    # DynamoDB allows a shard of a stream two readers.
    assert max(read.values()) <= 2
    for properties in readers:
        assert properties["BisectBatchOnFunctionError"] is True
        assert properties["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        assert properties["MaximumRetryAttempts"] > 0
        assert properties["MaximumRecordAgeInSeconds"] > 0
        assert properties["DestinationConfig"]["OnFailure"]["Type"] == "SQS"
        for pattern in properties["FilterCriteria"]["Filters"]:
            assert json.loads(pattern["Pattern"])


def test_without_an_address_there_is_nothing_of_a_webhook() -> None:
    webhook = {name: resource for name, resource in resources().items() if name.startswith("Webhook")}
    assert {resource["Type"] for resource in webhook.values()} >= {
        "AWS::Events::Connection",
        "AWS::Events::ApiDestination",
        "AWS::Events::Rule",
    }
    assert {resource.get("Condition") for resource in webhook.values()} == {"HasWebhook"}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_function_has_a_log_that_ends(function: str) -> None:
    reference = function_of(function)["LoggingConfig"]["LogGroup"]
    assert resources()[reference["Ref"]]["Properties"]["RetentionInDays"] == {"Ref": "LogRetentionDays"}


def test_no_token_and_no_address_of_a_person_gets_into_the_access_log() -> None:
    (stage,) = of_type("AWS::ApiGatewayV2::Stage").values()
    logged = stage["Properties"]["AccessLogSettings"]["Format"]
    assert json.loads(logged)["route"] == "$context.routeKey"
    for word in ("header", "ip", "path", "principal", "claims", "username"):
        assert word not in logged.replace("integration", "").lower()


def test_the_environments_of_samconfig_set_parameters_that_exist() -> None:
    config = tomllib.loads((ROOT / "samconfig.toml").read_text())
    text = (ROOT / "template.yaml").read_text()
    for stage in ("local", "dev", "prod"):
        deploy = config[stage]["deploy"]["parameters"]
        overrides = dict(override.split("=", 1) for override in deploy["parameter_overrides"])
        assert overrides["Stage"] == stage
        for name in overrides:
            assert f"\n  {name}:\n    Type: " in text
    assert config["prod"]["deploy"]["parameters"]["confirm_changeset"] is True
