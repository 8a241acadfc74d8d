from dataclasses import replace

import pytest

from redflag.core.engine import Engine
from redflag.core.flags import (
    Action,
    Flag,
    FlagStatus,
    NotAllowed,
    add_trigger,
    apply_findings,
    flag_id_for,
    own_flags,
    raise_flag,
)
from redflag.core.instants import DAY, MINUTE
from redflag.core.model import Access, Member, RuleName, code_of
from redflag.core.rules import RULES
from tests.unit.builders import (
    ANA,
    BEN,
    SHOP,
    T,
    check_in_id,
    daily,
    engine,
    finding,
    flag_of,
    ids,
    settings,
    visit,
)

NOW = T + DAY
FREQUENCY, MANUAL = RuleName("visit_frequency"), RuleName("manual")
DECIDED = {FlagStatus.CONFIRMED, FlagStatus.VERIFIED, FlagStatus.RESOLVED, FlagStatus.OVERTURNED}

# What becomes of the access, or why the action is refused.
TRANSITIONS = """
access     open         flag             verify       resolve      block            unblock
active     none         active           not_flagged  not_flagged  not_flagged      not_blocked
active     rule         active           active       active       blocked          not_blocked
active     manual       already_flagged  active       active       blocked          not_blocked
active     rule+manual  already_flagged  active       active       blocked          not_blocked
suspended  none         suspended        not_flagged  not_flagged  not_flagged      active
suspended  rule         suspended        active       active       blocked          active
suspended  manual       already_flagged  active       active       blocked          active
suspended  rule+manual  already_flagged  active       active       blocked          active
blocked    none         blocked          not_flagged  not_flagged  already_blocked  active
blocked    rule         blocked          blocked      blocked      already_blocked  active
blocked    manual       already_flagged  blocked      blocked      already_blocked  active
blocked    rule+manual  already_flagged  blocked      blocked      already_blocked  active
"""
OPEN = {"none": (), "rule": (FREQUENCY,), "manual": (MANUAL,), "rule+manual": (FREQUENCY, MANUAL)}


def rows() -> list[tuple[Access, str, Action, str]]:
    (_, _, *actions), *lines = (line.split() for line in TRANSITIONS.strip().splitlines())
    return [
        (Access(access), opened, Action(action), result)
        for access, opened, *results in lines
        for action, result in zip(actions, results, strict=True)
    ]


def program_with(access: Access, opened: str, *, trusted: bool) -> Engine:
    """Ana in a state, with a flag of every other status; and Ben, who must not be touched."""
    program = engine(settings())
    for member_id in (ANA, BEN):
        member = Member(member_id, access=access, trusted=trusted)
        flags = [raise_flag(member, finding(rule, T, T), 1) for rule in OPEN[opened]]
        flags += [
            replace(raise_flag(member, finding(FREQUENCY, at, at), 1), status=status, reason="Earlier")
            for at, status in enumerate(sorted(DECIDED))
        ]
        program.flags |= {flag.flag_id: flag for flag in flags}
        open_flags = {flag.rule: flag.flag_id for flag in flags if flag.status is FlagStatus.OPEN}
        program.members[member_id] = replace(member, open_flags=open_flags)
    return program


def act(program: Engine, action: Action) -> list[Flag]:
    return list(program.act(action, ANA, now=NOW, by="s_eve", reason="Looked into it").changed)


def by_status(program: Engine, member_id: str = ANA) -> dict[FlagStatus, set[str]]:
    mine = [flag for flag in program.flags.values() if flag.member_id == member_id]
    return {status: {f.flag_id for f in mine if f.status is status} for status in FlagStatus}


ROWS = rows()
REFUSALS = [row for row in ROWS if row[3] not in set(Access)]
ALLOWED = [row for row in ROWS if row[3] in set(Access)]


def test_the_table_has_every_action_from_every_state() -> None:
    assert {row[:3] for row in ROWS} == {(a, o, action) for a in Access for o in OPEN for action in Action}
    assert len(ALLOWED) + len(REFUSALS) == len(ROWS) == 60


@pytest.mark.parametrize("trusted", [False, True], ids=["untrusted", "trusted"])
@pytest.mark.parametrize(("access", "opened", "action", "code"), REFUSALS)
def test_a_refused_action_says_why_and_changes_nothing(
    *, access: Access, opened: str, action: Action, code: str, trusted: bool
) -> None:
    program = program_with(access, opened, trusted=trusted)
    members, flags = dict(program.members), dict(program.flags)
    with pytest.raises(NotAllowed, match=r"^[A-Z].+\.$") as refusal:
        act(program, action)
    assert refusal.value.code == code
    assert (program.members, program.flags) == (members, flags)


@pytest.mark.parametrize("trusted", [False, True], ids=["untrusted", "trusted"])
@pytest.mark.parametrize(("access", "opened", "action", "result"), ALLOWED)
def test_an_allowed_action_changes_access_flags_baseline_and_trust(
    *, access: Access, opened: str, action: Action, result: str, trusted: bool
) -> None:
    program = program_with(access, opened, trusted=trusted)
    before, was, bens = program.member(ANA), by_status(program), by_status(program, BEN)
    changed = act(program, action)
    member, now = program.member(ANA), by_status(program)

    assert member.access is Access(result)
    assert member.baseline == (NOW if action in {Action.VERIFY, Action.UNBLOCK} else before.baseline)
    assert member.trusted is {Action.RESOLVE: True, Action.FLAG: False}.get(action, trusted)
    assert (program.member(BEN).access, by_status(program, BEN)) == (access, bens)

    sources = {Action.UNBLOCK: FlagStatus.CONFIRMED}
    targets = {
        Action.VERIFY: FlagStatus.VERIFIED,
        Action.RESOLVE: FlagStatus.RESOLVED,
        Action.BLOCK: FlagStatus.CONFIRMED,
        Action.UNBLOCK: FlagStatus.OVERTURNED,
    }
    expected = dict(was)
    if action is Action.FLAG:
        moved = {flag.flag_id for flag in changed}
        assert [flag.rule for flag in changed] == [MANUAL]
        expected[FlagStatus.OPEN] = was[FlagStatus.OPEN] | moved
    else:
        source = sources.get(action, FlagStatus.OPEN)
        moved = was[source]
        expected[source] = set()
        expected[targets[action]] = was[targets[action]] | moved
    assert now == expected
    assert {flag.flag_id for flag in changed} == moved
    assert set(member.open_flags.values()) == now[FlagStatus.OPEN]


@pytest.mark.parametrize("action", [Action.VERIFY, Action.RESOLVE, Action.BLOCK])
def test_a_decided_flag_says_who_when_and_why_and_keeps_its_evidence(action: Action) -> None:
    program = program_with(Access.ACTIVE, "rule", trusted=False)
    before = flag_of(program, FREQUENCY)
    (after,) = act(program, action)
    assert (after.decided_at, after.decided_by, after.reason) == (NOW, "s_eve", "Looked into it")
    assert replace(after, status=before.status, decided_at=None, decided_by=None, reason=None) == before


def test_an_unblock_overturns_what_the_block_confirmed_and_leaves_older_decisions() -> None:
    program = engine(settings())
    visit(program, *daily(5))
    for day, action in enumerate((Action.VERIFY, Action.FLAG, Action.BLOCK, Action.FLAG, Action.UNBLOCK), 5):
        program.act(action, ANA, now=T + day * DAY, by="s_eve", reason="Looked into it")
    assert [(flag.rule, flag.status) for flag in program.flags.values()] == [
        (FREQUENCY, FlagStatus.VERIFIED),
        (MANUAL, FlagStatus.OVERTURNED),
        (MANUAL, FlagStatus.OPEN),
    ]


def test_a_block_after_an_unblock_confirms_anew() -> None:
    program = program_with(Access.ACTIVE, "rule", trusted=False)
    act(program, Action.BLOCK)
    act(program, Action.UNBLOCK)
    with pytest.raises(NotAllowed, match="no open flag"):
        act(program, Action.BLOCK)
    act(program, Action.FLAG)
    act(program, Action.BLOCK)
    assert program.member(ANA).access is Access.BLOCKED


# Raising and adding.


def test_evidence_is_frozen_when_the_flag_is_raised() -> None:
    program = engine(settings())
    visit(program, *daily(5))
    (raised,) = program.flags.values()
    program.settings, program.settings_version = settings(visit_frequency={"limit": 2, "window_days": 1}), 4
    visit(program, T + 5 * DAY, T + 5 * DAY + 120 * MINUTE)
    (later,) = program.flags.values()
    assert later.count == 2
    assert later.last_triggered_at == T + 5 * DAY + 120 * MINUTE
    assert later.occurrences != raised.occurrences
    frozen = replace(
        later, count=1, last_triggered_at=raised.last_triggered_at, occurrences=raised.occurrences
    )
    assert frozen == raised


def test_a_flag_keeps_its_newest_20_occurrences() -> None:
    program = engine(settings(cooldown_minutes=0, visit_frequency={"limit": 2}))
    visit(program, *(T + i for i in range(40)))
    (flag,) = program.flags.values()
    assert flag.count == 39
    assert ids(flag) == [check_in_id(T + i) for i in range(39, 19, -1)]


def test_a_new_flag_of_a_long_history_has_its_newest_20_occurrences() -> None:
    raised = raise_flag(Member(ANA), finding(FREQUENCY, T + 30, *(T + i for i in range(30, -1, -1))), 1)
    assert ids(raised) == [check_in_id(T + i) for i in range(30, 10, -1)]


def test_what_had_to_leave_the_evidence_does_not_come_back() -> None:
    raised = raise_flag(Member(ANA), finding(FREQUENCY, T + 30, *(T + i for i in range(30, -1, -1))), 1)
    added = add_trigger(raised, finding(FREQUENCY, T + 31, *(T + i for i in range(31, -1, -1))))
    assert ids(added) == [check_in_id(T + i) for i in range(31, 11, -1)]


def test_a_late_trigger_takes_its_place_in_time() -> None:
    raised = raise_flag(Member(ANA), finding(FREQUENCY, T + 9, T + 9, T + 7), 1)
    added = add_trigger(raised, finding(FREQUENCY, T + 8, T + 8, T + 7))
    assert ids(added) == [check_in_id(T + i) for i in (9, 8, 7)]
    assert (added.count, added.raised_at, added.last_triggered_at) == (2, T + 9, T + 9)


def test_flag_ids_follow_from_member_rule_and_trigger() -> None:
    one = flag_id_for(ANA, finding(FREQUENCY, T, T))
    assert one == flag_id_for(ANA, finding(FREQUENCY, T, T, T + 1))
    assert one == f"f_ana{code_of(FREQUENCY)}{check_in_id(T)[2:]}"
    others = {flag_id_for(ANA, finding(rule, at, at)) for rule in RULES for at in (T, T + 1)}
    others |= {flag_id_for(BEN, finding(rule, at, at)) for rule in RULES for at in (T, T + 1)}
    assert one in others
    assert len(others) == 2 * 2 * len(RULES)


def test_every_rule_has_a_code_of_its_own_of_one_length() -> None:
    codes = {code_of(rule) for rule in RULES}
    assert len(codes) == len(RULES)
    assert len({len(code) for code in codes}) == 1


def test_the_flags_of_a_member_begin_alike() -> None:
    assert all(flag_id_for(ANA, finding(rule, T, T)).startswith(own_flags(ANA)) for rule in RULES)
    assert not flag_id_for(BEN, finding(FREQUENCY, T, T)).startswith(own_flags(ANA))


@pytest.mark.parametrize("rule", RULES)
def test_findings_of_a_rule_go_into_its_one_open_flag(rule: RuleName) -> None:
    first = apply_findings(Member(ANA), {}, [finding(rule, T, T)], settings(), 1)
    (flag,) = first.flags
    found = [finding(rule, at, at) for at in (T + 1, T + 2)]
    again = apply_findings(first.member, {rule: flag}, found, settings(), 2)
    (later,) = again.flags
    assert first.member.open_flags == again.member.open_flags == {rule: flag.flag_id}
    assert (later.flag_id, later.count, later.location_id) == (flag.flag_id, 3, SHOP)
    assert (later.settings_version, later.status) == (1, FlagStatus.OPEN)


def test_findings_of_several_rules_raise_a_flag_each() -> None:
    found = [finding(rule, T, T) for rule in RULES]
    applied = apply_findings(Member(ANA), {}, found, settings(), 1)
    assert [flag.rule for flag in applied.flags] == list(RULES)
    assert set(applied.member.open_flags) == set(RULES)


def test_nothing_found_changes_nothing() -> None:
    applied = apply_findings(Member(ANA), {}, [], settings(automatically_suspend=True), 1)
    assert (applied.member, applied.flags) == (Member(ANA), ())


@pytest.mark.parametrize("rule", RULES)
def test_of_trusted_members_only_people_find_anything(rule: RuleName) -> None:
    applied = apply_findings(Member(ANA, trusted=True), {}, [finding(rule, T, T)], settings(), 1)
    assert bool(applied.flags) is (rule == MANUAL)
    assert applied.member.trusted is (rule != MANUAL)


@pytest.mark.parametrize("access", Access)
@pytest.mark.parametrize("rule", RULES)
def test_with_automatic_suspension_rules_suspend_the_active(rule: RuleName, access: Access) -> None:
    member, found = Member(ANA, access=access), [finding(rule, T, T)]
    suspends = access is Access.ACTIVE and rule != MANUAL
    applied = apply_findings(member, {}, found, settings(automatically_suspend=True), 1)
    assert applied.member.access is (Access.SUSPENDED if suspends else access)
    assert applied.suspends(member) is suspends
    assert apply_findings(member, {}, found, settings(), 1).member.access is access


def test_a_later_trigger_of_an_open_flag_suspends_again_after_an_unblock() -> None:
    program = engine(settings(automatically_suspend=True, visit_frequency={"limit": 2}))
    visit(program, T, T + DAY)
    program.act(Action.UNBLOCK, ANA, now=T + DAY, by="s_eve", reason="On holiday")
    assert program.member(ANA).access is Access.ACTIVE
    visit(program, T + 2 * DAY, T + 3 * DAY)
    (flag,) = program.flags.values()
    assert (program.member(ANA).access, flag.count) == (Access.SUSPENDED, 2)
