"""The authorizer of the routes that both pools may call.

An HTTP API's own JWT authorizer knows one issuer; this one knows the two of the stack, verifies a
token as that does, and adds which pool the token came from.
"""

from typing import Any

from redflag.http.tokens import verify


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Lambda's entry; answers in the simple form of payload 2.0."""
    claims = verify(event["headers"].get("authorization", ""))
    return {"isAuthorized": claims is not None, "context": claims or {}}
