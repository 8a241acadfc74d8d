"""Calls of Redflag's API until they are answered: tokens are renewed, transient failures are retried."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx

type FetchToken = Callable[[], Awaitable[str]]

ATTEMPTS = 8
"""How often a call is tried before it counts as failed."""

FIRST_WAIT = 0.2
LONGEST_WAIT = 30.0
"""Seconds between tries: the wait doubles, and a `Retry-After` is obeyed up to the longest."""

_NOTHING_DONE = {429}
_PASSING = {429, 502, 503, 504}


class NoAnswer(Exception):
    """The API did not answer, or not in a way that a retry can change."""


class Api:
    """The API as one caller sees it."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        fetch_token: FetchToken,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._http = http
        self._fetch_token = fetch_token
        self._sleep = sleep
        self._token: str | None = None
        self._renewing = asyncio.Lock()

    async def call(
        self,
        method: str,
        path: str,
        *,
        body: Any = None,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        repeatable: bool = True,
    ) -> httpx.Response:
        """An answer, whatever its status. Raises `NoAnswer`.

        After a broken connection it is not known whether the call was carried out. It is made again only
        with `repeatable`: for calls that may be carried out twice, or have an Idempotency-Key.
        """
        token, renewed = await self._bearer(stale=None), False
        why = ""
        for attempt in range(ATTEMPTS):
            request = self._http.build_request(method, path, json=body, params=params, headers=headers)
            request.headers["Authorization"] = f"Bearer {token}"
            try:
                response = await self._http.send(request)
            except httpx.TransportError as error:
                why = str(error).rstrip(".") or type(error).__name__
                if not repeatable:
                    break
                await self._sleep(_wait(attempt, None))
                continue
            if response.status_code == httpx.codes.UNAUTHORIZED and not renewed:
                token, renewed = await self._bearer(stale=token), True
                continue
            if response.status_code not in (_PASSING if repeatable else _NOTHING_DONE):
                return response
            why = f"status {response.status_code}"
            await self._sleep(_wait(attempt, response.headers.get("Retry-After")))
        raise NoAnswer(f"{method} {path} got no answer: {why}.")

    async def wait(self, attempt: int) -> None:
        """Wait before another attempt; attempts count from 0."""
        await self._sleep(_wait(attempt, None))

    async def _bearer(self, *, stale: str | None) -> str:
        """The token; a new one when `stale` is the one that is known. Callers at once share it."""
        async with self._renewing:
            if self._token is None or self._token == stale:
                self._token = await self._fetch_token()
            return self._token


def connect(url: str, *, parallel: int = 1, timeout: float = 30.0) -> httpx.AsyncClient:
    """A client of one API. Close it.

    Names under `.localhost` are this machine by definition (RFC 6761), which many resolvers do not
    know, so no resolver is asked.
    """
    limits = httpx.Limits(max_connections=parallel, max_keepalive_connections=parallel)
    parts, headers = urlsplit(url), {}
    if (parts.hostname or "").endswith(".localhost"):
        headers["Host"] = parts.netloc
        port = f":{parts.port}" if parts.port else ""
        url = parts._replace(netloc=f"127.0.0.1{port}").geturl()
    return httpx.AsyncClient(
        base_url=url, headers=headers, limits=limits, timeout=timeout, trust_env=not headers
    )


def client_credentials(
    http: httpx.AsyncClient, token_url: str, client_id: str, client_secret: str, *scopes: str
) -> FetchToken:
    """How a machine client gets its token (RFC 6749, section 4.4)."""

    async def fetch() -> str:
        form = {"grant_type": "client_credentials", "scope": " ".join(scopes)}
        try:
            answer = await http.post(token_url, data=form, auth=(client_id, client_secret))
            answer.raise_for_status()
            return str(answer.json()["access_token"])
        except (httpx.HTTPError, ValueError, KeyError) as error:
            raise NoAnswer(f"No token from {token_url}: {error}") from None

    return fetch


def _wait(attempt: int, retry_after: str | None) -> float:
    if retry_after is not None and retry_after.isdecimal():
        return min(float(retry_after), LONGEST_WAIT)
    # Between half and all of it, so that callers who failed together do not come back together.
    longest = min(FIRST_WAIT * float(2**attempt), LONGEST_WAIT)
    return longest * random.uniform(0.5, 1.0)  # noqa: S311  no secret depends on it
