"""Verifying a bearer token on the routes that both pools may call; API Gateway checks the others."""

import json
import os
import urllib.request
from functools import cache

import jwt

from redflag.core.roles import Pool

_ALGORITHMS = ["RS256", "ES256"]
_LEEWAY_SECONDS = 5
_TIMEOUT_SECONDS = 3


def verify(authorization: str) -> dict[str, str] | None:
    """Who bears the token, and which pool issued it; `None` for a token that is not good."""
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer":
        return None
    for pool in Pool:
        claims = _claims(token.strip(), os.environ[f"{pool.upper()}_ISSUER"], pool)
        if claims is not None:
            return claims
    return None


def _claims(token: str, issuer: str, pool: Pool) -> dict[str, str] | None:
    audience = os.environ.get(f"{pool.upper()}_AUDIENCE", "").split(",")
    try:
        unverified = jwt.decode(token, options={"verify_signature": False})
        if unverified.get("iss") != issuer:
            return None
        key = _keys(issuer).get_signing_key_from_jwt(token)
        claims = jwt.decode(
            token,
            key,
            algorithms=_ALGORITHMS,
            issuer=issuer,
            leeway=_LEEWAY_SECONDS,
            options={"verify_aud": False, "require": ["exp", "iss", "sub"]},
        )
    except jwt.PyJWTError:
        return None
    named = claims.get("aud", claims.get("client_id"))
    if audience != [""] and not set(named if isinstance(named, list) else [named]) & set(audience):
        return None
    return {"pool": pool.value, "sub": claims["sub"], "scope": claims.get("scope", "")}


@cache
def _keys(issuer: str) -> jwt.PyJWKClient:
    return jwt.PyJWKClient(_keys_address(issuer), timeout=_TIMEOUT_SECONDS)


def _keys_address(issuer: str) -> str:
    """Where an issuer's keys are: it says so itself, as OpenID Connect Discovery has it.

    An emulator of AWS issues tokens in AWS's name, and has the keys itself.
    """
    emulator, (_, _, pool) = os.environ.get("AWS_ENDPOINT_URL"), issuer.rpartition("/")
    if emulator and ".amazonaws.com/" in issuer:
        return f"{emulator}/{pool}/.well-known/jwks.json"
    known = f"{issuer.rstrip('/')}/.well-known/openid-configuration"
    with urllib.request.urlopen(known, timeout=_TIMEOUT_SECONDS) as answer:  # noqa: S310  the stack's own issuers
        return str(json.load(answer)["jwks_uri"])
