"""The link at the end of every mail: a page that asks, and the answer to it (RFC 8058).

`GET /v1/unsubscribe` changes nothing, because programs that look at mails follow links;
`POST /v1/unsubscribe` is what the page's button and mail programs send.
"""

from typing import Any

from redflag.http.notifications.unsubscribe_routes import router
from redflag.http.staff_resolver import console, resolve

app = console()
app.include_router(router)


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Lambda's entry."""
    return resolve(app, event, context, takes_json=False)
