import pytest

from redflag.core.engine import Engine
from redflag.core.flags import Action, NotAllowed
from redflag.core.instants import MINUTE, format_instant
from redflag.core.model import Access, Member, RuleName
from redflag.core.settings import Settings
from tests.unit.builders import ANA, T, engine, flag_of, open_rules, settings

RULE = RuleName("manual")


def flagged(*members: Member, rules: Settings | None = None) -> Engine:
    program = engine(rules or settings(), *members)
    program.act(Action.FLAG, ANA, now=T, by="s_eve", reason="Two phones, one face")
    return program


def test_staff_flags_a_member_with_a_reason() -> None:
    program = flagged()
    flag = flag_of(program, RULE)
    assert flag.sentence == "Flagged by staff: Two phones, one face"
    assert (flag.value, flag.limit, flag.count, flag.location_id) == (1, 1, 1, None)
    assert (flag.raised_at, flag.last_triggered_at, flag.settings_version) == (T, T, 3)
    assert flag.occurrences == (
        {
            "id": f"a_{T}",
            "flagged_at": format_instant(T),
            "by": "s_eve",
            "reason": "Two phones, one face",
        },
    )


def test_the_answer_is_the_member_and_the_flag_as_they_now_are() -> None:
    program = engine(settings(), Member(ANA, trusted=True))
    decided = program.act(Action.FLAG, ANA, now=T, by="s_eve", reason="Two phones")
    assert decided.member == program.member(ANA)
    assert not decided.member.trusted
    assert decided.changed == (flag_of(program, RULE),)


def test_a_second_flag_by_staff_is_refused_while_the_first_is_open() -> None:
    program = flagged()
    with pytest.raises(NotAllowed) as refusal:
        program.act(Action.FLAG, ANA, now=T + MINUTE, by="s_eve", reason="Again")
    assert refusal.value.code == "already_flagged"
    assert flag_of(program, RULE).count == 1


def test_staff_can_flag_again_once_the_first_is_decided() -> None:
    program = flagged()
    program.act(Action.VERIFY, ANA, now=T + MINUTE, by="s_eve", reason="Twins")
    program.act(Action.FLAG, ANA, now=T + 2 * MINUTE, by="s_eve", reason="No twins")
    assert len(program.flags) == 2


def test_trusted_members_can_be_flagged_and_lose_trust() -> None:
    program = flagged(Member(ANA, trusted=True))
    assert open_rules(program) == {RULE}
    assert not program.member(ANA).trusted


@pytest.mark.parametrize("access", Access)
def test_staff_flags_whatever_the_access_and_does_not_change_it(access: Access) -> None:
    program = flagged(Member(ANA, access=access), rules=settings(automatically_suspend=True))
    assert open_rules(program) == {RULE}
    assert program.member(ANA).access is access


def test_the_baseline_does_not_matter() -> None:
    assert open_rules(flagged(Member(ANA, baseline=T))) == {RULE}


def test_there_are_no_settings_and_no_mode() -> None:
    assert not hasattr(settings().rules, RULE)
    assert settings().rules.mode(RULE) == "on"
