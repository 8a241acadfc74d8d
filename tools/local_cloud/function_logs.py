"""What the functions log, as it comes in."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime

from local_cloud.stack import Stack

# Lines of the runtime itself, which say nothing of what a function did.
_PLATFORM = ("START RequestId:", "END RequestId:", "REPORT RequestId:")
_LOOK_SECONDS = 1

type Line = tuple[int, str, str]
"""Milliseconds since 1970, function, message."""


def lines(stack: Stack, since: int) -> list[Line]:
    """All lines from an instant on, in order."""
    client, prefix = stack.client("logs"), f"/aws/lambda/{stack.stack_name}-"
    pages = client.get_paginator("filter_log_events")
    return sorted(
        (event["timestamp"], group["logGroupName"].removeprefix(prefix), event["message"].rstrip())
        for group in client.describe_log_groups(logGroupNamePrefix=prefix)["logGroups"]
        for page in pages.paginate(logGroupName=group["logGroupName"], startTime=since)
        for event in page["events"]
        if not event["message"].startswith(_PLATFORM)
    )


def follow(stack: Stack, since: int) -> Iterator[str]:
    """Lines for people, without end."""
    shown: set[Line] = set()
    while True:
        found = lines(stack, since)
        for line in found:
            if line not in shown:
                timestamp, function, message = line
                yield f"{datetime.fromtimestamp(timestamp / 1000, UTC):%H:%M:%S} {function}: {message}"
        if found:
            # A millisecond may bring more lines than those seen of it.
            since = found[-1][0]
            shown = {line for line in found if line[0] == since}
        time.sleep(_LOOK_SECONDS)
