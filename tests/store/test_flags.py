from dataclasses import replace
from typing import Any
from unittest.mock import patch

import pytest

from redflag.core.evidence import check_in_occurrence
from redflag.core.flags import Flag, FlagStatus, flag_id_for, raise_flag
from redflag.core.instants import HOUR, Instant
from redflag.core.model import CheckIn, Finding, Member, RuleName
from redflag.core.rules import RULES, visit_frequency
from redflag.store import flag_queue, flags
from redflag.store.database import ConditionFailed, Database
from redflag.store.ids import check_in_id, new_member_id, new_program_id
from tests.cloud.program import NOON


def finding(rule: RuleName = visit_frequency.NAME, at: Instant = NOON, place: str = "l_00000001") -> Finding:
    visit = CheckIn(check_in_id(at, "0fingerprnt"), place, at, "till-1")
    occurrences = (check_in_occurrence(visit),)
    return Finding(rule, visit.check_in_id, at, "5 check-ins in 7 days; limit 5", 5, 5, occurrences, place)


def flag(member_id: str, at: Instant = NOON, **more: str) -> Flag:
    return raise_flag(Member(member_id), finding(at=at, **more), 3)  # type: ignore[arg-type]


def test_a_flag_is_read_back_as_it_was_saved(database: Database) -> None:
    program_id, raised = new_program_id(), flag(new_member_id())
    decided = replace(raised, status=FlagStatus.VERIFIED, decided_at=NOON, decided_by="s", reason="Seen.")
    database.commit([flags.save(database, program_id, raised, None)])
    assert flags.get(database, program_id, raised.flag_id) == raised
    database.commit([flags.save(database, program_id, decided, raised)])
    assert flags.get(database, program_id, raised.flag_id) == decided


def test_the_same_flag_is_raised_once(database: Database) -> None:
    program_id, raised = new_program_id(), flag(new_member_id())
    database.commit([flags.save(database, program_id, raised, None)])
    with pytest.raises(ConditionFailed, match="flag"):
        database.commit([flags.save(database, program_id, raised, None)])


@pytest.mark.parametrize("meanwhile", [{"status": FlagStatus.RESOLVED}, {"count": 2}])
def test_a_flag_that_changed_meanwhile_is_not_overwritten(
    database: Database, meanwhile: dict[str, object]
) -> None:
    program_id, raised = new_program_id(), flag(new_member_id())
    changed = replace(raised, **meanwhile)  # type: ignore[arg-type]
    database.commit([flags.save(database, program_id, raised, None)])
    database.commit([flags.save(database, program_id, changed, raised)])
    with pytest.raises(ConditionFailed):
        database.commit([flags.save(database, program_id, replace(raised, count=7), raised)])
    assert flags.get(database, program_id, raised.flag_id) == changed


def test_a_flag_of_another_program_is_not_found(database: Database) -> None:
    raised = flag(new_member_id())
    database.commit([flags.save(database, new_program_id(), raised, None)])
    assert flags.get(database, new_program_id(), raised.flag_id) is None


@pytest.mark.parametrize("flag_id", ["", "f_", "f_short", "nonsense", "f_" + "x" * 200, "ü#🚩"])
def test_ids_that_no_flag_can_have_are_not_found(database: Database, flag_id: str) -> None:
    assert flags.get(database, new_program_id(), flag_id) is None


def test_a_members_flags_are_theirs_alone(database: Database) -> None:
    program_id, ana, ben = new_program_id(), new_member_id(), new_member_id()
    rules = [RuleName("manual"), RuleName("visit_frequency"), RuleName("back_to_back")]
    raised = [raise_flag(Member(ana), finding(rule), 1) for rule in rules]
    database.commit([flags.save(database, program_id, f, None) for f in (*raised, flag(ben))])
    found = flags.of_member(database, program_id, ana)
    assert sorted(f.rule for f in found) == sorted(rules)
    assert {f.member_id for f in found} == {ana}


def test_what_a_rule_finds_in_shadow_mode_is_recorded_once_and_is_no_flag(database: Database) -> None:
    program_id, ana = new_program_id(), new_member_id()
    for _ in range(2):
        database.commit([flags.record_shadow(database, program_id, ana, finding(), 12345)])
    items, _ = database.query(
        TableName=database.tables.members,
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": {"S": f"{program_id}#{ana}"}},
    )
    assert [(i["rule"], i["sentence"], i["expires_at"]) for i in items] == [
        ("visit_frequency", "5 check-ins in 7 days; limit 5", 12345)
    ]
    assert flags.of_member(database, program_id, ana) == []


# ---------------------------------------------------------------- the queue


def filled(database: Database, count: int = 7) -> tuple[str, list[Flag]]:
    """Flags of as many members, an hour apart; every third is verified, every second at the annex."""
    program_id, raised = new_program_id(), []
    for number in range(count):
        place = "l_000annex" if number % 2 else "l_00000001"
        one = flag(new_member_id(), NOON + number * HOUR, place=place)
        if number % 3 == 2:
            one = replace(one, status=FlagStatus.VERIFIED)
        database.commit([flags.save(database, program_id, one, None)])
        raised.append(one)
    return program_id, raised


def queue(
    database: Database,
    program_id: str,
    *statuses: FlagStatus,
    after: str | None = None,
    start: Instant | None = None,
    end: Instant | None = None,
    limit: int = 100,
    newest_first: bool = False,
    **filters: str,
) -> tuple[list[Flag], str | None]:
    return flag_queue.queue(
        database,
        program_id,
        statuses or FlagStatus,
        after=after,
        start=start,
        end=end,
        filters=filters,
        limit=limit,
        newest_first=newest_first,
    )


def test_the_queue_is_in_the_order_in_which_flags_were_raised(database: Database) -> None:
    program_id, raised = filled(database)
    assert queue(database, program_id) == (raised, None)
    waiting = [f for f in raised if f.status is FlagStatus.OPEN]
    assert queue(database, program_id, FlagStatus.OPEN) == (waiting, None)
    assert queue(database, new_program_id()) == ([], None)


@pytest.mark.parametrize("limit", [1, 2, 3, 6, 7])
def test_pages_of_any_length_hold_the_queue_once(database: Database, limit: int) -> None:
    program_id, raised = filled(database)
    seen: list[Flag] = []
    after: str | None = None
    for _ in range(len(raised) + 1):
        page, after = queue(database, program_id, limit=limit, after=after)
        assert len(page) <= limit
        seen += page
        if after is None:
            break
    assert seen == raised


def test_new_flags_do_not_move_the_pages_after_them(database: Database) -> None:
    program_id, raised = filled(database)
    first, after = queue(database, program_id, limit=3)
    for early in (NOON - HOUR, NOON + 1):
        database.commit([flags.save(database, program_id, flag(new_member_id(), early), None)])
    second, _ = queue(database, program_id, limit=10, after=after)
    assert first + second == raised


def test_the_queue_is_cut_by_time_from_the_first_instant_until_before_the_last(database: Database) -> None:
    program_id, raised = filled(database)
    found, _ = queue(database, program_id, start=NOON + HOUR, end=NOON + 3 * HOUR)
    assert found == raised[1:3]


def test_the_queue_is_filtered_by_location_and_rule_on_every_page(database: Database) -> None:
    program_id, raised = filled(database)
    at_annex = [f for f in raised if f.location_id == "l_000annex"]
    first, after = queue(database, program_id, limit=2, location_id="l_000annex")
    second, end = queue(database, program_id, limit=2, location_id="l_000annex", after=after)
    assert (first + second, end) == (at_annex, None)
    assert queue(database, program_id, rule="visit_frequency")[0] == raised
    assert queue(database, program_id, rule="manual")[0] == []


def paged(database: Database, program_id: str, **wanted: Any) -> list[Flag]:
    """Page after page, to the end."""
    seen: list[Flag] = []
    after: str | None = None
    for _ in range(100):
        page, after = queue(database, program_id, after=after, **wanted)
        assert len(page) <= wanted.get("limit", 100)
        seen += page
        if after is None:
            return seen
    raise AssertionError("the queue does not end")


@pytest.mark.parametrize("limit", [1, 2, 3, 6, 7, 8])
def test_the_queue_can_be_read_from_its_end(database: Database, limit: int) -> None:
    program_id, raised = filled(database)
    assert paged(database, program_id, limit=limit, newest_first=True) == raised[::-1]
    between = {"start": NOON + HOUR, "end": NOON + 5 * HOUR}
    assert paged(database, program_id, limit=limit, newest_first=True, **between) == raised[4:0:-1]
    at_annex = [f for f in reversed(raised) if f.location_id == "l_000annex"]
    assert paged(database, program_id, limit=limit, newest_first=True, location_id="l_000annex") == at_annex


def test_flags_of_one_instant_have_an_order_too(database: Database) -> None:
    program_id = new_program_id()
    raised = [flag(new_member_id()) for _ in range(6)]
    database.commit([flags.save(database, program_id, f, None) for f in raised])
    raised.sort(key=lambda f: f.flag_id)
    assert paged(database, program_id, limit=1) == raised
    assert paged(database, program_id, limit=1, newest_first=True) == raised[::-1]


def test_a_position_from_outside_of_the_times_asked_for_ends_the_queue(database: Database) -> None:
    program_id, raised = filled(database)
    first, last = flags.position(raised[0]), flags.position(raised[-1])
    assert queue(database, program_id, after=first, start=NOON + HOUR, newest_first=True) == ([], None)
    assert queue(database, program_id, after=last, end=NOON + HOUR) == ([], None)
    assert queue(database, program_id, after=last, end=NOON + HOUR, newest_first=True)[0] == raised[:1]
    assert queue(database, program_id, after=first, start=NOON + 6 * HOUR)[0] == raised[6:]


@pytest.mark.parametrize("newest_first", [True, False])
def test_a_flag_that_changes_while_it_is_looked_for_is_found_once(
    database: Database, *, newest_first: bool
) -> None:
    program_id, raised = filled(database)
    changing = raised[3]
    client, query = database.client, database.client.query

    def between(**request: Any) -> Any:
        answer = query(**request)
        if request["ExpressionAttributeValues"][":qpk"]["S"].endswith("#open"):
            decided = replace(changing, status=FlagStatus.RESOLVED)
            database.commit([flags.save(database, program_id, decided, changing)])
        return answer

    with patch.object(client, "query", between):
        found, _ = queue(database, program_id, newest_first=newest_first)
    ordered = raised[::-1] if newest_first else raised
    assert [f.flag_id for f in found] == [f.flag_id for f in ordered]
    assert {f.status for f in found if f.flag_id == changing.flag_id} == {FlagStatus.RESOLVED}


@pytest.mark.parametrize("newest_first", [True, False])
@pytest.mark.parametrize("limit", [1, 3, 50])
@pytest.mark.parametrize("filters", [{}, {"location_id": "l_000annex"}, {"rule": "manual"}], ids=str)
def test_a_look_ends_after_so_many_pages_of_the_index_and_goes_on_where_it_ended(
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
    *,
    newest_first: bool,
    limit: int,
    filters: dict[str, str],
) -> None:
    program_id, raised = filled(database, 12)
    query = database.client.query
    monkeypatch.setattr(flag_queue, "_PAGES_READ", 2)
    wanted = [f for f in raised if filters.get("location_id", f.location_id) == f.location_id]
    wanted = [f for f in wanted if filters.get("rule", f.rule) == f.rule]
    # As if a page of the index held one flag.
    with patch.object(database.client, "query", lambda **request: query(**request | {"Limit": 1})):
        found = paged(database, program_id, limit=limit, newest_first=newest_first, **filters)
    assert found == (wanted[::-1] if newest_first else wanted)


def test_everything_is_all_flags_of_the_program_each_once(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    program_id, raised = filled(database)
    query = database.client.query
    monkeypatch.setattr(flag_queue, "_PAGES_READ", 2)
    with patch.object(database.client, "query", lambda **request: query(**request | {"Limit": 1})):
        found = flag_queue.everything(database, program_id)
    assert sorted(found, key=flags.position) == raised
    assert flag_queue.everything(database, new_program_id()) == []


def test_what_waits_is_told_by_when_it_was_learned_of(database: Database) -> None:
    program_id, raised = filled(database)
    late = replace(flag(new_member_id(), NOON + HOUR), recorded_at=NOON + 9 * HOUR)
    database.commit([flags.save(database, program_id, late, None)])
    learned, complete = flag_queue.waiting(database, program_id, 100)
    waits = [f.raised_at for f in raised if f.status is FlagStatus.OPEN] + [NOON + 9 * HOUR]
    assert (sorted(learned), complete) == (sorted(waits), True)
    query = database.client.query
    with patch.object(database.client, "query", lambda **request: query(**request | {"Limit": 2})):
        learned, complete = flag_queue.waiting(database, program_id, 3)
    assert (len(learned), complete) == (4, False)


def test_a_members_flags_by_one_rule_are_found_alone(database: Database) -> None:
    program_id, ana = new_program_id(), new_member_id()
    raised = [raise_flag(Member(ana), finding(rule), 1) for rule in RULES]
    database.commit([flags.save(database, program_id, f, None) for f in raised])
    for one in raised:
        assert flags.of_member(database, program_id, ana, one.rule) == [one]


def test_a_flags_id_follows_from_the_member_the_rule_and_what_fired_it() -> None:
    ana, ben = new_member_id(), new_member_id()
    ids = {
        flag_id_for(member_id, finding(rule, at))
        for member_id in (ana, ben)
        for rule in RULES
        for at in (NOON, NOON + 1)
    }
    assert len(ids) == 2 * len(RULES) * 2
    assert {flags.member_of(flag_id) for flag_id in ids} == {ana, ben}
