"""Programs, and blocks of numbers in all of them: what the platform's support looks after."""

from typing import Any

from redflag.http.console import console, resolve
from redflag.http.routes.platform import router

app = console()
app.include_router(router)


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Lambda's entry."""
    return resolve(app, event, context)
