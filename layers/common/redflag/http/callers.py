"""The caller of a request: API Gateway has verified the token before a function runs."""

from collections.abc import Mapping
from typing import Any

from redflag.core.roles import Pool
from redflag.service.authorization import Caller
from redflag.service.refusals import Refusal


def caller_of(event: Mapping[str, Any], pool: Pool) -> Caller:
    """The caller of a request; `pool` is the one whose tokens the route's authorizer takes.

    Routes for both pools have an authorizer that says itself which pool the token came from.
    """
    authorizer = event["requestContext"].get("authorizer") or {}
    if "lambda" in authorizer:
        context = authorizer["lambda"]
        pool, claims = Pool(context["pool"]), context
    elif "jwt" in authorizer:
        claims = authorizer["jwt"]["claims"]
    else:
        raise Refusal("unauthorized", "Sign in first, and send the token as a bearer token.")
    return Caller(pool, claims["sub"], frozenset((claims.get("scope") or "").split()))
