"""The demo's end: the flags, held against an offline replay and shown, and what to try next."""

import asyncio
import json
import time
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from demo_calls import Calls, DemoError, expect, pages
from demo_record import Record
from demo_steps import RULES
from demo_visits import TIME_ZONE
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from redflag.core.instants import format_instant
from redflag.core.settings import Settings
from redflag_cli.check_in_file import Row
from redflag_cli.import_client import NewMember
from redflag_cli.order import Visit
from redflag_cli.replay import replay

PATIENCE = 10
"""Seconds that what is repaired in the background may take to show."""

_SHOWN_DIFFERENCES = 20

_EXCERPT = """ | grep -oE '"(name|access)":"[^"]*"|"red_flag":[a-z]*|"warnings":.*'"""
"""What of a member's page a person wants to see."""

type Flag = dict[str, Any]
type _Raised = tuple[str, str, str, str]
"""What does not change once a flag is raised: member, rule, instant, sentence."""


async def compare(calls: Calls, record: Record, visits: Sequence[Visit], console: Console) -> list[Flag]:
    """The flags that the visits have raised, which an offline replay of the same visits raises too.

    Other members of the program, and what people have done since, are no matter of this comparison.
    """
    rows = [Row(line, visit.member_id, visit.location_id, visit.at) for line, visit in enumerate(visits)]
    offline = replay(rows, Settings.from_document(record.settings), {}, ZoneInfo(TIME_ZONE))
    expected: dict[_Raised, int] = {
        (flag.member_id, flag.rule, format_instant(flag.raised_at), flag.sentence): flag.count
        for flag in offline.flags
    }
    members = set(record.members.values())
    deadline = time.monotonic() + PATIENCE
    while True:
        flags = [flag async for flag in pages(calls.manager, "/v1/flags") if flag["member_id"] in members]
        differences = _differences(expected, flags, end=format_instant(visits[-1].at))
        if not differences:
            console.print(f"Replay and live agree: {len(expected)} flags.")
            return [flag for flag in flags if _raised(flag) in expected]
        if time.monotonic() > deadline:
            shown = "\n".join(differences[:_SHOWN_DIFFERENCES])
            raise DemoError(f"Replay and live differ in {len(differences)} flags:\n{shown}")
        await asyncio.sleep(1)


def _differences(expected: Mapping[_Raised, int], flags: Sequence[Flag], *, end: str) -> list[str]:
    live = {_raised(flag): flag for flag in flags if flag["rule"] in RULES and flag["raised_at"] <= end}
    found = [f"only in the replay: {raised}" for raised in expected.keys() - live.keys()]
    for raised, flag in live.items():
        if raised not in expected:
            found.append(f"only live: {raised}")
        elif flag["last_triggered_at"] <= end and flag["count"] != expected[raised]:
            found.append(f"{expected[raised]} times in the replay, {flag['count']} times live: {raised}")
    return sorted(found)


def _raised(flag: Flag) -> _Raised:
    return (flag["member_id"], flag["rule"], flag["raised_at"], flag["evidence"]["sentence"])


def show(flags: Sequence[Flag], people: Mapping[str, NewMember], console: Console) -> None:
    """Who was flagged, why, and how often."""
    members = len({flag["member_id"] for flag in flags})
    table = Table(box=SIMPLE_HEAD, pad_edge=False, title=f"{members} flagged members", title_justify="left")
    table.add_column("Name", overflow="fold")
    table.add_column("Rule", overflow="fold")
    table.add_column("Evidence")
    table.add_column("Count", justify="right")
    table.add_column("Member id", no_wrap=True)
    for flag in sorted(flags, key=lambda flag: (RULES.index(flag["rule"]), flag["count"], flag["raised_at"])):
        name = people[flag["member_id"]].name
        cells = (name, flag["rule"], flag["evidence"]["sentence"], flag["count"], flag["member_id"])
        table.add_row(*(Text(str(cell)) for cell in cells))
    console.print(table)


async def suggest(calls: Calls, flags: Sequence[Flag], people: Mapping[str, NewMember]) -> str:
    """Commands about two members on whom nobody has decided yet."""
    rules: dict[str, set[str]] = {}
    for flag in flags:
        if flag["status"] == "open":
            rules.setdefault(flag["member_id"], set()).add(flag["rule"])
    # To be blocked, somebody who follows another about, and pays for it; to be verified, a regular.
    paired = [member for member in sorted(rules) if "back_to_back" in rules[member]]
    alone = [member for member in sorted(rules) if member not in paired]
    paired.sort(key=lambda member: people[member].membership is None)
    blocked = await _first_active(calls, paired + alone)
    verified = await _first_active(calls, [member for member in alone + paired if member != blocked])
    if blocked is None or verified is None:
        return "Every flagged member has been decided on. To begin anew: `make reset`, then `make demo`."
    paying = "" if people[blocked].membership is None else " The answer warns of the membership."
    gate = {"program_id": calls.program_id, "member_id": blocked}
    return "\n".join(
        (
            "Next, in this folder:",
            f"\n# Block {people[blocked].name}.{paying}",
            _command(calls, "manager", f"members/{blocked}/block", {"reason": "A friend"}) + _EXCERPT,
            "\n# The login gate refuses this member now.",
            _command(calls, "backend", "login-gate", gate) + "; echo",
            f"\n# Verify {people[verified].name}: the flag goes, and counting begins anew.",
            _command(calls, "manager", f"members/{verified}/verify", {"reason": "Works here"}) + _EXCERPT,
            f"\n# Unblock {people[blocked].name}.",
            _command(calls, "manager", f"members/{blocked}/unblock", {"reason": "A mistake"}) + _EXCERPT,
        )
    )


async def _first_active(calls: Calls, members: Sequence[str]) -> str | None:
    for member_id in members:
        profile = expect(await calls.manager.call("GET", f"/v1/members/{member_id}"), "Reading a member")
        if profile.json()["access"] == "active":
            return member_id
    return None


def _command(calls: Calls, role: str, path: str, body: Mapping[str, str]) -> str:
    return (
        f"curl -sS {calls.api_url}/v1/{path} -H 'Content-Type: application/json' -d '{json.dumps(body)}' "
        f'-H "Authorization: Bearer $(make -s token ROLE={role})"'
    )
