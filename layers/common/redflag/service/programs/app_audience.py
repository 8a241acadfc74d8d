"""The clients whose tokens the app pool's authorizer accepts.

An HTTP API's JWT authorizer lists its audience, fifty at most. The list begins with what the template
says; clients that come and go at run time are added and removed here. CloudFormation leaves the list
alone unless the template's own part of it changes (docs/operations.md says what to do then).
"""

import os
from collections.abc import Callable
from typing import Any

from redflag import wiring
from redflag.service.refusals import Refusal

_AUTHORIZER = "App"
_MOST = 50


def add(client_id: str) -> None:
    """Accept this client's tokens."""
    _change(lambda audience: audience | {client_id})


def remove(client_id: str) -> None:
    """Accept this client's tokens no longer."""
    _change(lambda audience: audience - {client_id})


def _change(change: Callable[[set[str]], set[str]]) -> None:
    api_id, client = os.environ["API_ID"], wiring.client("apigatewayv2")
    authorizer = next(a for a in client.get_authorizers(ApiId=api_id)["Items"] if a["Name"] == _AUTHORIZER)
    configuration: dict[str, Any] = authorizer["JwtConfiguration"]
    before = set(configuration.get("Audience", []))
    after = change(before)
    if len(after) > _MOST:
        raise Refusal(
            "invalid_request",
            "This stack has fifty app clients, the most that API Gateway takes. Remove one first.",
        )
    if after != before:
        client.update_authorizer(
            ApiId=api_id,
            AuthorizerId=authorizer["AuthorizerId"],
            JwtConfiguration=configuration | {"Audience": sorted(after)},
        )
