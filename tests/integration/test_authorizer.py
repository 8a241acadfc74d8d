"""The authorizer of the routes for both pools: whose token it takes, and what it says of its bearer."""

import json
import os
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from redflag.http import tokens
from tests.cloud.requests import CONTEXT, event_of, handler_of


@cache
def key(name: str) -> rsa.RSAPrivateKey:
    """One key a name, made once: that takes a while."""
    assert name
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass(frozen=True)
class Pools:
    """Two issuers, at an address where they say what their keys are."""

    address: str

    def issuer(self, pool: str) -> str:
        return f"{self.address}/{pool}"

    def token(self, pool: str, signed_by: str | None = None, **claims: Any) -> str:
        now = int(time.time())
        known = {"iss": self.issuer(pool), "sub": f"sub of {pool}", "exp": now + 60, "client_id": "console"}
        present = {name: value for name, value in (known | claims).items() if value is not None}
        return jwt.encode(present, key(signed_by or pool), algorithm="RS256", headers={"kid": pool})


@pytest.fixture(scope="module")
def pools() -> Iterator[Pools]:
    class Issuers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            pool, _, what = self.path.strip("/").partition("/")
            if what == ".well-known/openid-configuration":
                answer: dict[str, Any] = {"jwks_uri": f"http://{self.headers['Host']}/{pool}/keys"}
            else:
                public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key(pool).public_key()))
                answer = {"keys": [public | {"kid": pool, "use": "sig", "alg": "RS256"}]}
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Issuers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Pools(f"http://127.0.0.1:{server.server_port}")
        server.shutdown()


@pytest.fixture(autouse=True)
def environment(pools: Pools, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "STAFF_ISSUER", pools.issuer("staff"))
    monkeypatch.setitem(os.environ, "STAFF_AUDIENCE", "console,second-console")
    monkeypatch.setitem(os.environ, "APP_ISSUER", pools.issuer("app"))
    tokens._keys.cache_clear()


def authorize(authorization: str) -> dict[str, Any]:
    event = event_of("authorizer")
    event["headers"]["authorization"] = authorization
    event["identitySource"] = [authorization]
    answer: dict[str, Any] = handler_of("authorizer")(event, CONTEXT)
    return answer


REFUSED = {"isAuthorized": False, "context": {}}


def test_a_token_of_either_pool_is_taken_and_the_route_told_which_it_is(pools: Pools) -> None:
    for pool, claims, scope in (
        ("staff", {}, ""),
        ("staff", {"client_id": "second-console"}, ""),
        ("staff", {"client_id": None, "aud": ["x", "console"]}, ""),
        ("app", {"scope": "redflag/members.write"}, "redflag/members.write"),
        ("app", {"client_id": "any client of the pool"}, ""),
    ):
        answer = authorize(f"Bearer {pools.token(pool, **claims)}")
        assert answer == {
            "isAuthorized": True,
            "context": {"pool": pool, "sub": f"sub of {pool}", "scope": scope},
        }


@pytest.mark.parametrize("scheme", ["bearer ", "BEARER ", "Bearer   "])
def test_the_scheme_is_read_in_any_case(pools: Pools, scheme: str) -> None:
    assert authorize(scheme + pools.token("staff"))["isAuthorized"]


@pytest.mark.parametrize(
    "claims",
    [
        pytest.param({"exp": 1}, id="expired"),
        pytest.param({"exp": None}, id="never expiring"),
        pytest.param({"sub": None}, id="of nobody"),
        pytest.param({"nbf": 4_000_000_000}, id="not yet good"),
        pytest.param({"iss": "https://elsewhere.example.com"}, id="of another issuer"),
        pytest.param({"client_id": "somebody else's console"}, id="for another audience"),
        pytest.param({"client_id": None, "aud": ["x"]}, id="for another audience in aud"),
        pytest.param({"client_id": None}, id="for no audience"),
        pytest.param({"signed_by": "app"}, id="signed by the other pool"),
        pytest.param({"signed_by": "forger"}, id="signed by nobody"),
    ],
)
def test_a_token_that_is_not_good_is_refused(pools: Pools, claims: dict[str, Any]) -> None:
    assert authorize(f"Bearer {pools.token('staff', **claims)}") == REFUSED


def test_a_token_without_a_signature_or_signed_with_the_public_key_is_refused(pools: Pools) -> None:
    claims = {"iss": pools.issuer("staff"), "sub": "x", "exp": time.time() + 60, "client_id": "console"}
    unsigned = jwt.encode(claims, "", algorithm="none", headers={"kid": "staff"})
    shared = jwt.encode(
        claims, "the public key, as a secret, " * 3, algorithm="HS256", headers={"kid": "staff"}
    )
    for token in (unsigned, shared):
        assert authorize(f"Bearer {token}") == REFUSED


@pytest.mark.parametrize(
    "authorization", ["", "Bearer", "Bearer ", "Bearer x", "Bearer a.b.c", "Basic eDp5", "ü"]
)
def test_what_is_no_token_is_refused(authorization: str) -> None:
    assert authorize(authorization) == REFUSED
