"""Trusted members are found by no rule, in no mode: as it happens, when it is repaired, and in replays."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest

from redflag.core.engine import Engine
from redflag.core.flags import Action
from redflag.core.instants import HOUR, MINUTE, Instant
from redflag.core.model import Attempt, Location, Member, PointEdit
from redflag.core.rules import CONFIGURABLE, HISTORY_RULES
from redflag.core.setting_types import Mode
from redflag.core.settings import Settings
from redflag.service.check_ins import pairs
from redflag.service.flags import decisions
from redflag.store import flags
from tests.cloud.program import NOON, Enrolled, Shop
from tests.cloud.streams import project

REASON = {"reason": "Seen."}
TOUCHY: dict[str, dict[str, Any]] = {
    "visit_frequency": {"limit": 2},
    "consecutive_check_ins": {"limit": 2},
    "back_to_back": {"limit": 2, "max_gap_minutes": 10},
    "point_edits": {"amount_limit": 500},
    # In New York it is 08:00 at noon.
    "outside_hours": {"override_open": "00:00", "override_close": "07:00"},
}
"""With these, two members of whom one follows the other, twice and then too late, break each rule here."""

TIMES = (NOON - 3 * HOUR, NOON - 2 * HOUR, NOON)


def settings(mode: Mode) -> Settings:
    return Settings.from_document({"rules": {rule: its | {"mode": mode} for rule, its in TOUCHY.items()}})


def trust(shop: Shop, member: Enrolled) -> None:
    for action in (Action.FLAG, Action.RESOLVE):
        decisions.decide_on(action, shop.program_id, member.member_id, by="eve", reason="Ok.", now=NOON)


def live(shop: Shop, *members: Enrolled) -> None:
    for at in TIMES:
        for number, member in enumerate(members):
            shop.check_in(member, at + number * MINUTE)
    for member in members:
        body = {"delta": 501} | REASON
        assert shop.of("POST point-edits", member, body=body).status in (200, 201)


def found(shop: Shop, member: Enrolled, mode: Mode) -> set[str]:
    """The rules that have found something about a member, in whichever way it is kept."""
    shadow = flags.shadow_findings(shop.database, shop.program_id, member.member_id, now=NOON)
    raised = {flag.rule for flag in shop.flags(member) if flag.rule != "manual"}
    recorded = {each.rule for each in shadow}
    assert not (recorded if mode is Mode.ON else raised)
    return {*raised, *recorded}


@contextmanager
def pairs_left_to_the_repair() -> Iterator[None]:
    with patch.object(pairs, "judge", lambda *_, **__: None):
        yield


@pytest.mark.parametrize("repaired", [False, True], ids=["live", "repaired"])
@pytest.mark.parametrize("follows", [False, True], ids=["goes first", "follows"])
@pytest.mark.parametrize("mode", [Mode.SHADOW, Mode.ON])
def test_a_trusted_member_is_found_by_no_rule_and_the_one_beside_them_by_all(
    shop: Shop, mode: Mode, *, follows: bool, repaired: bool
) -> None:
    # Rules over the history share one way to a finding; each of the others has its own.
    assert set(CONFIGURABLE) - set(HISTORY_RULES) < set(TOUCHY)
    shop.put(settings(mode))
    ana, ben = shop.enrol(), shop.enrol()
    trust(shop, ana)
    members = (ben, ana) if follows else (ana, ben)
    if repaired:
        with pairs_left_to_the_repair():
            live(shop, *members)
        assert "back_to_back" not in found(shop, ben, mode)
        project(shop)
    else:
        live(shop, *members)
    assert found(shop, ben, mode) == set(TOUCHY)
    assert found(shop, ana, mode) == set()


@pytest.mark.parametrize("follows", [False, True], ids=["goes first", "follows"])
@pytest.mark.parametrize("mode", [Mode.SHADOW, Mode.ON])
def test_a_replay_finds_the_same(mode: Mode, *, follows: bool) -> None:
    place = Location("l_shop", ZoneInfo("America/New_York"))
    program = Engine(
        settings(mode), {place.location_id: place}, members={"m_ana": Member("m_ana", trusted=True)}
    )
    members = ("m_ben", "m_ana") if follows else ("m_ana", "m_ben")

    def check_in(at: Instant, member_id: str) -> None:
        program.check_in(Attempt(f"c_{at}{member_id}", member_id, place.location_id, at))

    for at in TIMES:
        for number, member_id in enumerate(members):
            check_in(at + number * MINUTE, member_id)
    for member_id in members:
        program.edit_points(member_id, PointEdit(f"e_{member_id}", NOON, 501, "eve", "Gift"))
    raised = {(flag.member_id, flag.rule) for flag in program.flags.values()}
    recorded = {(member_id, finding.rule) for member_id, finding in program.shadow}
    kept, other = (recorded, raised) if mode is Mode.SHADOW else (raised, recorded)
    assert kept == {("m_ben", rule) for rule in TOUCHY}
    assert not other
