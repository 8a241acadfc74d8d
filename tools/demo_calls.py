"""The API as the demo calls it: as owner, as manager and as importer of one program."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx

from redflag_cli.api import Api
from redflag_cli.import_client import ImportClient, Refused


class DemoError(Exception):
    """The demo cannot go on: a sentence that says what to do."""


@dataclass(frozen=True)
class Calls:
    """One program's API, and who calls it."""

    api_url: str
    program_id: str
    owner: Api
    manager: Api
    importer: ImportClient


async def pages(api: Api, path: str) -> AsyncIterator[dict[str, Any]]:
    """All items of a list, page after page."""
    params = {"limit": "100"}
    while True:
        page = expect(await api.call("GET", path, params=params), f"Reading {path}").json()
        for item in page["items"]:
            yield item
        if page["next_cursor"] is None:
            return
        params["cursor"] = page["next_cursor"]


def expect(response: httpx.Response, what: str) -> httpx.Response:
    """An answer that is no refusal. Raises `Refused`."""
    if not response.is_success:
        raise Refused(what, response)
    return response
