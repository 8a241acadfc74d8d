"""What stands in for AWS: moto in this process, or the emulator beside it. Both have the template's tables.

moto reads expressions strictly and loses updates under threads; the emulator has threads and conflicts.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from moto.core.models import botocore_stubber

from local_cloud.emulator import REGION, aws_environment
from redflag import wiring
from redflag.service import configuration
from tests.cloud import quick_moto, template

if TYPE_CHECKING:
    from types_boto3_dynamodb.client import DynamoDBClient

SENDER = "alerts@example.com"
API = "https://api.example.com"
_LONG = "3600"
_PARTS = {
    "Put": "PutItem",
    "Update": "UpdateItem",
    "Delete": "DeleteItem",
    "ConditionCheck": "ConditionCheckItem",
}


class NotGrantedError(AssertionError):
    """A function has made a call that its statements in the template do not allow."""


@dataclass
class Backend:
    """One of the two, with what was made there from the template. `values` are by logical id."""

    name: str
    environment: dict[str, str]
    in_process: bool = False
    values: dict[str, str] = field(default_factory=dict)
    acting_as: str | None = None

    @property
    def dynamodb(self) -> "DynamoDBClient":
        """The client that the code under test uses too."""
        return wiring.client("dynamodb")  # type: ignore[no-any-return]

    def variables(self, function: str) -> dict[str, str]:
        """The environment of a function, its references resolved."""
        return {name: self._resolve(value) for name, value in template.variables_of(function).items()}

    def _resolve(self, value: Any) -> str:
        if not isinstance(value, dict):
            return str(value)
        ((function, given),) = value.items()
        match function:
            case "Fn::If":
                return self._resolve(given[1])
            case "Fn::Select":
                index, listed = given
                return str(template.defaults()[listed["Ref"]].split(",")[index])
            case "Ref":
                return self.values.get(given, "")
            case "Fn::GetAtt":
                return self.values.get(".".join(given)) or self.values.get(given[0], "")
            case _:
                # An address of the stack's own, which no test of these backends asks.
                return ""

    @contextmanager
    def acting(self, function: str) -> Iterator[None]:
        """Give the code under test a function's own environment and, of the tables, its grants alone."""
        everything = {name for each in template.functions() for name in self.variables(each)}
        before, self.acting_as = self.acting_as, function
        mine = self.variables(function) | {"CONFIG_CACHE_SECONDS": os.environ["CONFIG_CACHE_SECONDS"]}
        with patch.dict(os.environ, mine):
            for name in everything - set(mine):
                os.environ.pop(name, None)
            wiring.database.cache_clear()
            try:
                yield
            finally:
                self.acting_as = before
        wiring.database.cache_clear()

    def items(self, table: str) -> list[dict[str, Any]]:
        """All items of a table, in DynamoDB's typed JSON."""
        if self.in_process:
            # A scan of moto's takes longer than all that a test does besides.
            return [item.to_json()["Attributes"] for item in quick_moto.table(table, REGION).all_items()]
        pages = self.dynamodb.get_paginator("scan").paginate(TableName=table, ConsistentRead=True)
        return [dict(item) for page in pages for item in page["Items"]]

    def check_grant(self, params: dict[str, Any], model: Any, **_: Any) -> None:
        """Refuse a call that the acting function's statements do not allow."""
        if self.acting_as is None:
            return
        granted = template.grants_of(self.acting_as)
        for action, table in _asked(model.name, params):
            logical_id = self._logical_id(table)
            if (action, logical_id) not in granted:
                raise NotGrantedError(f"{self.acting_as} may not {action} {logical_id}")

    def _logical_id(self, table: str) -> str:
        name, _, index = table.partition("/")
        found = next(logical_id for logical_id, value in self.values.items() if value == name)
        return f"{found}/{index}" if index else found

    def create(self) -> None:
        """Make what the functions' variables refer to."""
        self.values |= {
            "ConfigCacheSeconds": "0",
            "LookupSecret": wiring.client("secretsmanager").create_secret(
                Name="lookup", SecretString="not so secret " * 4
            )["ARN"],
            "DataKey": wiring.client("kms").create_key()["KeyMetadata"]["Arn"],
            "MailerQueue": wiring.client("sqs").create_queue(QueueName="mailer")["QueueUrl"],
            "RetentionQueue": wiring.client("sqs").create_queue(QueueName="retention")["QueueUrl"],
            "MailConfigurationSet": "redflag",
            "SenderAddress": SENDER,
            "BurstSeconds": "0",
            "HttpApi.ApiEndpoint": API,
            "EventBus": "redflag-EventBus",
        }
        wiring.client("events").create_event_bus(Name=self.values["EventBus"])
        wiring.client("sesv2").create_configuration_set(ConfigurationSetName="redflag")
        wiring.client("sesv2").create_email_identity(EmailIdentity=SENDER)
        if self.in_process:
            # The emulator takes an address for one's own at once.
            quick_moto.verify(SENDER, REGION)
        for logical_id, definition in template.tables().items():
            self.values[logical_id] = f"redflag-{logical_id}"
            self.dynamodb.create_table(TableName=self.values[logical_id], **definition)
            if expiry := template.expiry_of(logical_id):
                self.dynamodb.update_time_to_live(
                    TableName=self.values[logical_id],
                    TimeToLiveSpecification={"AttributeName": expiry, "Enabled": True},
                )

    def create_identity(self) -> None:
        """Make the pools and the API, which only the settings function knows."""
        if "AppPool" in self.values:
            return
        cognito, gateway = wiring.client("cognito-idp"), wiring.client("apigatewayv2")
        for logical_id, user_name in (("StaffPool", "email"), ("AppPool", "phone_number")):
            made = cognito.create_user_pool(PoolName=logical_id, UsernameAttributes=[user_name])
            self.values[logical_id] = made["UserPool"]["Id"]
        scopes = template.resources()["AppResourceServer"]["Properties"]["Scopes"]
        cognito.create_resource_server(
            UserPoolId=self.values["AppPool"], Identifier="redflag", Name="Redflag", Scopes=scopes
        )
        api_id = gateway.create_api(Name="redflag", ProtocolType="HTTP")["ApiId"]
        authorizer = gateway.create_authorizer(
            ApiId=api_id,
            Name="App",
            AuthorizerType="JWT",
            IdentitySource=["$request.header.Authorization"],
            JwtConfiguration={"Issuer": "https://app.example.com", "Audience": ["mobile"]},
        )
        self.values |= {
            "HttpApi": api_id,
            "AppAuthorizer": authorizer["AuthorizerId"],
            "AppResourceServer": "redflag",
        }


def _asked(operation: str, params: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The actions that a call needs, each with its table."""
    if operation == "TransactWriteItems":
        for part in params["TransactItems"]:
            ((kind, request),) = part.items()
            yield _PARTS[kind], request["TableName"]
    elif operation in ("BatchGetItem", "BatchWriteItem"):
        for table in params["RequestItems"]:
            yield operation, table
    else:
        index = f"/index/{params['IndexName']}" if "IndexName" in params else ""
        yield operation, params["TableName"] + index


_current: Backend | None = None


@contextmanager
def using(backend: Backend) -> Iterator[Backend]:
    """Point the code under test at a backend, with the variables of all functions."""
    global _current  # noqa: PLW0603  clients are dear to build, so they stay until the other backend's turn
    # Nothing but botocore is in use here, so moto's other half, which takes a while, stays off.
    botocore_stubber.enabled = backend.in_process
    everything: dict[str, str] = {}
    if backend.values:
        for function in template.functions():
            everything |= backend.variables(function)
    try:
        with patch.dict(os.environ, backend.environment | everything):
            if backend.in_process:
                os.environ.pop("AWS_ENDPOINT_URL", None)
            if _current is not backend:
                wiring.reset()
                _current = backend
                events = wiring.client("dynamodb").meta.events
                events.register("provide-client-params.dynamodb", backend.check_grant)
                if backend.in_process:
                    events = wiring.client("sesv2").meta.events
                    events.register("before-call.sesv2.GetAccount", quick_moto.account)
            wiring.database.cache_clear()
            configuration.reset()
            yield backend
    finally:
        botocore_stubber.enabled = False
        if backend.in_process:
            quick_moto.clear(REGION)


@contextmanager
def remembering() -> Iterator[None]:
    """Let the code under test keep configuration in memory, as it does on AWS."""
    with patch.dict(os.environ, {"CONFIG_CACHE_SECONDS": _LONG}):
        configuration.reset()
        yield
    configuration.reset()


def moto() -> Backend:
    """A backend in this process. It is there while it is used."""
    quick_moto.quicken()
    backend = Backend("moto", aws_environment(""), in_process=True)
    with using(backend):
        backend.create()
    return backend


def emulator(endpoint_url: str) -> Backend:
    """A backend at an emulator's address."""
    backend = Backend("emulator", aws_environment(endpoint_url))
    with using(backend):
        backend.create()
    return backend
