"""Members and flags: what a program's staff look at and decide, and how members are enrolled."""

from typing import Any

from redflag.http.console import console, resolve
from redflag.http.routes import decisions, flags, members, points

app = console()
for routes in (members, decisions, points, flags):
    app.include_router(routes.router)


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Lambda's entry."""
    return resolve(app, event, context)
