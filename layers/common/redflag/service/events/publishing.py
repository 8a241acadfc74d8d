"""What has happened, from the streams of the audit log and of the flags, onto the event bus.

An action is in the audit log in the transaction of its effect, and a new flag is an item of its own;
so none is announced that did not happen, and none that happened is left out. A record may come
twice: its event then has the same `event_id`.
"""

import json
import logging
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import batched
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from redflag import wiring
from redflag.core.instants import Instant, format_instant
from redflag.service.events.shapes import (
    SOURCE,
    Announcement,
    Evidence,
    MemberBlocked,
    MemberFlagged,
    MemberResolved,
    MembershipCancelled,
    MemberSuspended,
    MemberUnblocked,
    MemberVerified,
    SettingsChanged,
)
from redflag.service.events.webhook_signature import signed
from redflag.store import audit, flags
from redflag.store.audit import Logged
from redflag.store.database import plain
from redflag.store.principals import PLATFORM

type Record = Mapping[str, Any]

logger = logging.getLogger(__name__)

_AT_ONCE = 10
"""How many events PutEvents takes; ten of the longest are far below its limit in bytes."""


def announce(records: Iterable[Record], *, now: Instant) -> list[str]:
    """Publish the events of records; returns the sequence numbers of those whose event was not published.

    All are tried: a record that fails must not hold up those after it.
    """
    failed: list[str] = []
    entries: list[tuple[str, dict[str, str]]] = []
    for record in records:
        number: str = record["dynamodb"]["SequenceNumber"]
        try:
            event = event_of(record["dynamodb"]["NewImage"])
        except Exception:  # a bad record, whatever is wrong with it, must not hold up the others
            logger.exception("not announced", extra={"sequence_number": number})
            failed.append(number)
        else:
            if event is not None:
                entries.append((number, _entry(event, now=now)))
    for some in batched(entries, _AT_ONCE, strict=False):
        failed += _put(some)
    return failed


def event_of(image: Mapping[str, Any]) -> Announcement | None:
    """The event of a new item, if any: of a flag, or of an entry of the audit log."""
    item = plain(image)
    if "flag_id" in item:
        return _flagged(item)
    logged = audit.from_item(item)
    make = _BY_ACTION.get(logged.entry.action)
    # Events are for those who run a program, so what support does is not announced.
    return None if make is None or logged.program_id == PLATFORM else make(logged)


def _put(some: Iterable[tuple[str, dict[str, str]]]) -> Iterator[str]:
    """Publish up to ten events; answers the sequence numbers of those that the bus did not take."""
    numbers, entries = zip(*some, strict=True)
    try:
        results = wiring.client("events").put_events(Entries=entries)["Entries"]
    except (ClientError, BotoCoreError) as error:
        results = [{"ErrorCode": type(error).__name__}] * len(entries)
    for number, result in zip(numbers, results, strict=True):
        if "ErrorCode" in result:
            extra = {"sequence_number": number, "error": result["ErrorCode"]}
            logger.warning("not announced", extra=extra)
            yield number


def _entry(event: Announcement, *, now: Instant) -> dict[str, str]:
    detail = event.model_dump(mode="json", exclude_none=True)
    secret = wiring.webhook_secret()
    if secret is not None:
        detail = signed(detail, secret, now=now)
    return {
        "EventBusName": os.environ["EVENT_BUS_NAME"],
        "Source": SOURCE,
        "DetailType": event.type,
        "Detail": json.dumps(detail, ensure_ascii=False),
    }


def _flagged(item: dict[str, Any]) -> MemberFlagged:
    flag = flags.from_item(item)
    return MemberFlagged(
        event_id=flag.flag_id,
        occurred_at=format_instant(flag.recorded_at or flag.raised_at),
        program_id=item["pk"].partition("#")[0],
        member_id=flag.member_id,
        flag_id=flag.flag_id,
        rule=flag.rule,
        raised_at=format_instant(flag.raised_at),
        location_id=flag.location_id,
        evidence=Evidence(
            sentence=flag.sentence,
            value=flag.value,
            limit=flag.limit,
            settings_version=flag.settings_version,
        ),
    )


def _of_member(shape: type[Announcement]) -> Callable[[Logged], Announcement]:
    """From an entry about a member to its event, which says who, why, and what it was before and after."""

    def make(logged: Logged) -> Announcement:
        entry = logged.entry
        return shape.model_validate(
            _common(logged)
            | {
                "member_id": entry.subject,
                "by": entry.by,
                "reason": entry.reason,
                "before": entry.before,
                "after": entry.after,
            }
        )

    return make


def _settings_changed(logged: Logged) -> SettingsChanged:
    entry = logged.entry
    before, after = entry.before or {}, entry.after or {}
    return SettingsChanged.model_validate(
        _common(logged)
        | {
            "by": entry.by,
            "before": before,
            "after": after,
            "sections": sorted(_differing(before, after)),
        }
    )


def _differing(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    """The parts in which two settings differ; the rules one by one, by name."""
    one, other = _parts(before), _parts(after)
    return {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}


def _parts(settings: dict[str, Any]) -> dict[str, Any]:
    rules = {f"rules.{name}": rule for name, rule in settings.get("rules", {}).items()}
    return rules | {name: part for name, part in settings.items() if name not in ("rules", "version")}


def _common(logged: Logged) -> dict[str, Any]:
    return {
        "event_id": f"{logged.program_id}-{logged.number}",
        "occurred_at": format_instant(logged.entry.at),
        "program_id": logged.program_id,
    }


_BY_ACTION: dict[str, Callable[[Logged], Announcement]] = {
    "block": _of_member(MemberBlocked),
    "unblock": _of_member(MemberUnblocked),
    "verify": _of_member(MemberVerified),
    "resolve": _of_member(MemberResolved),
    "suspend": _of_member(MemberSuspended),
    "cancel_membership": _of_member(MembershipCancelled),
    "change_settings": _settings_changed,
}
"""The actions that are announced. A flag by staff is announced with its flag."""
