"""The one place that builds things, each on first use, so that importing a module does nothing.

The clients come from botocore's session: `boto3` on top of it would cost every cold start about as
much again as all of Redflag (docs/operations.md says how to measure it).
"""

import os
import time
from functools import cache
from typing import TYPE_CHECKING, Any

import botocore.session
from botocore.config import Config

from redflag.core.instants import Instant
from redflag.store.database import Database, Tables

if TYPE_CHECKING:
    from types_boto3_kms.client import KMSClient

_CONFIG = Config(
    connect_timeout=1,
    read_timeout=3,
    retries={"mode": "standard", "total_max_attempts": 3},
    max_pool_connections=4,
    tcp_keepalive=True,
)
_ONCE = _CONFIG.merge(Config(read_timeout=10, retries={"total_max_attempts": 1}))
_session = cache(botocore.session.get_session)


@cache
def client(service: str, *, repeats: bool = True) -> Any:
    """A client of an AWS service, kept for the life of the function.

    Without `repeats` a call is made once: for calls that do something twice when they are made twice.
    """
    return _session().create_client(service, config=_CONFIG if repeats else _ONCE)


@cache
def database() -> Database:
    """The tables that this function knows."""
    return Database(
        client("dynamodb"),
        Tables(
            programs=os.environ.get("PROGRAMS_TABLE", ""),
            members=os.environ.get("MEMBERS_TABLE", ""),
            places=os.environ.get("PLACES_TABLE", ""),
            history=os.environ.get("HISTORY_TABLE", ""),
            audit=os.environ.get("AUDIT_TABLE", ""),
            notices=os.environ.get("NOTICES_TABLE", ""),
        ),
    )


@cache
def lookup_secret() -> bytes:
    """The secret under which phone numbers are looked up and cursors are signed."""
    answer = client("secretsmanager").get_secret_value(SecretId=os.environ["LOOKUP_SECRET_ARN"])
    return str(answer["SecretString"]).encode()


@cache
def webhook_secret() -> bytes | None:
    """The secret under which events are signed; none while the stack has no webhook."""
    arn = os.environ.get("WEBHOOK_SECRET_ARN")
    if not arn:
        return None
    answer = client("secretsmanager").get_secret_value(SecretId=arn)
    return str(answer["SecretString"]).encode()


def kms() -> "KMSClient":
    """The client of the service that seals phone numbers."""
    return client("kms")  # type: ignore[no-any-return]


def data_key() -> str:
    """The key under which phone numbers are sealed."""
    return os.environ["DATA_KEY_ARN"]


def console_url() -> str:
    """Where the console is, for links to its pages."""
    return os.environ["CONSOLE_URL"]


def api_url() -> str:
    """Where the API is, for people who follow a link."""
    return os.environ["API_URL"]


def cache_seconds() -> float:
    """How long programs, settings, locations and principals are kept in memory."""
    return float(os.environ.get("CONFIG_CACHE_SECONDS", "0"))


def now() -> Instant:
    """The instant at which this is called."""
    return time.time_ns() // 1_000_000


def reset() -> None:
    """Forget everything built, so that a test can build it for another stack."""
    for built in (_session, client, database, lookup_secret, webhook_secret):
        built.cache_clear()
