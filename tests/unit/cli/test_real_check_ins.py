"""The rules on real check-ins, against counts that do not come from the rules.

The visits are those of The Complete Journey; the expected members come from plain comparisons of
lists of instants. Skipped where the demo's data is not installed.
"""

from collections import defaultdict
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from redflag.core.decide import Outcome
from redflag.core.instants import DAY, HOUR, MINUTE
from redflag.core.model import RuleName
from redflag.core.settings import Settings
from redflag_cli.check_in_file import Row
from redflag_cli.replay import Replay, replay

ROWS = 12_000


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    from demo_visits import load  # noqa: PLC0415

    return [
        Row(index, basket.household, basket.store, basket.at) for index, basket in enumerate(load()[-ROWS:])
    ]


def run(rows: list[Row], document: dict[str, object]) -> Replay:
    return replay(rows, Settings.from_document(document), {}, ZoneInfo("UTC"))


def accepted(rows: list[Row]) -> list[Row]:
    """The visits that are an hour or more after the member's last one that counted."""
    last: dict[str, int] = {}
    kept = []
    for row in rows:
        if row.at - last.get(row.member_id, -HOUR) >= HOUR:
            last[row.member_id] = row.at
            kept.append(row)
    return kept


def by_member(rows: list[Row]) -> dict[str, list[int]]:
    instants: dict[str, list[int]] = defaultdict(list)
    for row in accepted(rows):
        instants[row.member_id].append(row.at)
    return instants


def flagged(result: Replay, rule: RuleName) -> dict[str, int]:
    return {flag.member_id: flag.count for flag in result.flags if flag.rule == rule}


def test_the_data_is_the_data(rows: list[Row]) -> None:
    assert len(rows) == ROWS
    assert len({row.member_id for row in rows}) == 2025
    assert [row.at for row in rows] == sorted(row.at for row in rows)


def test_a_visit_within_the_hour_is_too_soon_and_no_other_is_refused(rows: list[Row]) -> None:
    result = run(rows, {})
    expected = len(accepted(rows))
    assert result.outcomes == {Outcome.ACCEPTED: expected, Outcome.TOO_SOON: ROWS - expected}


def test_members_with_five_accepted_visits_in_seven_days_are_flagged_and_no_others(rows: list[Row]) -> None:
    expected: dict[str, int] = {}
    for member, instants in by_member(rows).items():
        triggers = sum(
            newest - oldest < 7 * DAY for oldest, newest in zip(instants, instants[4:], strict=False)
        )
        if triggers:
            expected[member] = triggers
    assert len(expected) > 200
    assert flagged(run(rows, {}), RuleName("visit_frequency")) == expected


def test_members_with_three_visits_an_hour_apart_are_flagged_and_no_others(rows: list[Row]) -> None:
    expected: dict[str, int] = {}
    for member, instants in by_member(rows).items():
        run_length, triggers = 0, 0
        for before, at in zip([0, *instants], instants, strict=False):
            run_length = run_length + 1 if HOUR <= at - before < 2 * HOUR else 1
            triggers += run_length >= 3
        if triggers:
            expected[member] = triggers
    assert expected
    rules = {"consecutive_check_ins": {"mode": "on"}}
    assert flagged(run(rows, {"rules": rules}), RuleName("consecutive_check_ins")) == expected


def test_members_who_keep_following_each_other_are_flagged_and_no_others(rows: list[Row]) -> None:
    arrivals: dict[str, list[Row]] = defaultdict(list)
    for row in accepted(rows):
        arrivals[row.location_id].append(row)
    met: dict[tuple[str, str], list[int]] = defaultdict(list)
    for here in arrivals.values():
        for before, row in pairwise(here):
            if before.member_id != row.member_id and row.at - before.at <= 10 * MINUTE:
                one, other = sorted((before.member_id, row.member_id))
                met[one, other].append(row.at)
    expected: dict[str, int] = defaultdict(int)
    for (one, other), instants in met.items():
        times = sorted(instants)
        triggers = sum(at - before < 30 * DAY for before, at in pairwise(times))
        if triggers:
            expected[one] += triggers
            expected[other] += triggers
    assert expected
    rules = {"back_to_back": {"mode": "on"}}
    assert flagged(run(rows, {"rules": rules}), RuleName("back_to_back")) == expected


def test_without_a_cooldown_nothing_is_too_soon(rows: list[Row]) -> None:
    result = run(rows, {"check_in": {"cooldown_minutes": 0}})
    assert result.outcomes == {Outcome.ACCEPTED: ROWS}
