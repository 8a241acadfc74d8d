"""Where an import goes, and with whose credentials."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx

from redflag_cli.api import Api, client_credentials, connect
from redflag_cli.import_client import PARALLEL

_ID, _SECRET = "REDFLAG_CLIENT_ID", "REDFLAG_CLIENT_SECRET"
_THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


class NoAccess(Exception):
    """It is not known where to import to, or with which credentials; the message says what to do."""


@dataclass(frozen=True)
class Access:
    """The addresses of an API and of its tokens, and the credentials of an importer client."""

    api_url: str
    token_url: str
    client_id: str
    client_secret: str = field(repr=False)

    @asynccontextmanager
    async def open(self, scope: str) -> AsyncIterator[Api]:
        """The API, as the client with this scope sees it."""
        async with connect(self.api_url, parallel=PARALLEL) as http, httpx.AsyncClient(timeout=30) as tokens:
            yield Api(
                http,
                client_credentials(tokens, self.token_url, self.client_id, self.client_secret, scope),
            )


def find_access(stack: str | None, api_url: str | None, token_url: str | None) -> Access:
    """The access that options and environment name. Raises `NoAccess`."""
    if stack is not None:
        outputs = _outputs(stack)
        api_url, token_url = api_url or outputs.get("ApiUrl"), token_url or outputs.get("AppTokenUrl")
    if api_url is None:
        raise NoAccess("Say where to import to: --stack, or --api-url and --token-url.")
    if token_url is None:
        raise NoAccess("Say where the client gets its token, with --token-url.")
    for url in (api_url, token_url):
        _check(url)
    missing = [name for name in (_ID, _SECRET) if not os.environ.get(name)]
    if missing:
        raise NoAccess(f"Set {' and '.join(missing)} to the credentials of an importer client.")
    return Access(api_url, token_url, os.environ[_ID], os.environ[_SECRET])


def _check(url: str) -> None:
    parts = urlsplit(url)
    host = parts.hostname or ""
    near = host in _THIS_MACHINE or host.endswith(".localhost")
    if not host or parts.scheme not in ("https", "http" if near else "https"):
        raise NoAccess(f"{url} is no address that begins with https://.")


def _outputs(stack: str) -> dict[str, str]:
    # Imported here: an import by addresses needs no AWS.
    from botocore.exceptions import BotoCoreError, ClientError

    from redflag_cli.stack import NotDone, outputs_of

    try:
        return outputs_of(stack)
    except NotDone as error:
        raise NoAccess(str(error)) from None
    except (ClientError, BotoCoreError) as error:
        raise NoAccess(f"AWS does not describe the stack {stack}: {error}") from None
