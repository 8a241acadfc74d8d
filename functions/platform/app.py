"""Programs, and blocks of numbers in all of them: what the platform's support manages."""

from typing import Any

from redflag.http.platform.routes import router
from redflag.http.staff_resolver import console, resolve

app = console()
app.include_router(router)


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Lambda's entry."""
    return resolve(app, event, context)
