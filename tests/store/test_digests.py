from dataclasses import replace

import pytest

from redflag.core.instants import DAY, MINUTE
from redflag.core.model import RuleName
from redflag.core.settings import Frequency
from redflag.store import digests, schedules
from redflag.store.database import ConditionFailed, Database
from redflag.store.digests import Digest, Mailing
from redflag.store.ids import new_digest_id, new_program_id
from redflag.store.schedules import Schedule
from tests.cloud.program import NOON

ANA, BO = "ana@example.com", "b.o+shop@example.com"


def digest(program_id: str) -> Digest:
    return Digest(
        program_id=program_id,
        digest_id=new_digest_id(),
        frequency=Frequency.DAILY,
        start=NOON - DAY,
        end=NOON,
        flag_ids=("f_1", "f_2"),
        mailings={ANA: Mailing.WAITING, BO: Mailing.WAITING},
        counts_before={RuleName("manual"): 2},
        more=True,
    )


def test_a_program_without_a_schedule_has_an_empty_one(database: Database) -> None:
    program_id = new_program_id()
    assert schedules.get(database, program_id) == Schedule(program_id)


def test_a_schedule_is_read_back_as_it_was_saved(database: Database) -> None:
    schedule = Schedule(
        new_program_id(),
        due_at=NOON,
        since=NOON - DAY,
        sending="d_1",
        held_until=NOON + MINUTE,
        counts={RuleName("visit_frequency"): 3},
        problem="No.",
    )
    database.commit([schedules.save(database, schedule)])
    found = schedules.get(database, schedule.program_id)
    assert found == replace(schedule, version=1)
    database.commit([schedules.save(database, Schedule(schedule.program_id, version=1))])
    assert schedules.get(database, schedule.program_id) == Schedule(schedule.program_id, version=2)


@pytest.mark.parametrize("version", [0, 1])
def test_a_schedule_that_changed_meanwhile_is_not_overwritten(database: Database, version: int) -> None:
    schedule = Schedule(new_program_id())
    for number in range(version + 1):
        database.commit([schedules.save(database, replace(schedule, version=number))])
    with pytest.raises(ConditionFailed, match="schedule"):
        database.commit([schedules.save(database, replace(schedule, version=version))])


def test_what_is_due_is_found_longest_first_and_nothing_else(database: Database) -> None:
    # Before any other test's instant, because the index is one for all programs.
    early = 1_000_000
    wanted = [new_program_id() for _ in range(3)]
    for program_id, due_at in zip(wanted, (early + 2, early, early + 1), strict=True):
        database.commit([schedules.save(database, Schedule(program_id, due_at=due_at))])
    for later in (early + 3, None):
        database.commit([schedules.save(database, Schedule(new_program_id(), due_at=later))])
    found, after = schedules.due(database, early + 2, None)
    assert [each for each in found if each in wanted] == [wanted[1], wanted[2], wanted[0]]
    assert after is None
    for program_id in wanted:
        schedule = schedules.get(database, program_id)
        database.commit([schedules.save(database, replace(schedule, due_at=None))])
    found, _ = schedules.due(database, early + 2, None)
    assert not set(found) & set(wanted)


def test_a_digest_is_read_back_as_it_was_begun(database: Database) -> None:
    begun = digest(new_program_id())
    database.commit([digests.begin(database, begun)])
    assert digests.get_digest(database, begun.program_id, begun.digest_id) == begun
    assert digests.get_digest(database, begun.program_id, "d_2") is None


def test_each_mail_comes_as_far_as_it_comes(database: Database) -> None:
    begun = digest(new_program_id())
    database.commit([digests.begin(database, begun)])
    names = (begun.program_id, begun.digest_id)
    database.commit([digests.note(database, *names, recipient=BO, mailing=Mailing.SENDING)])
    sent = digests.note(database, *names, recipient=BO, mailing=Mailing.SENT, known=Mailing.SENDING)
    database.commit([sent])
    found = digests.get_digest(database, *names)
    assert found is not None
    assert found.mailings == {ANA: Mailing.WAITING, BO: Mailing.SENT}
    assert found == begun.with_mailing(BO, Mailing.SENT)


def test_of_a_mail_that_is_not_there_nothing_is_noted(database: Database) -> None:
    begun = digest(new_program_id())
    names = (begun.program_id, begun.digest_id)
    with pytest.raises(ConditionFailed):
        database.commit([digests.note(database, *names, recipient=ANA, mailing=Mailing.SENT)])
    database.commit([digests.begin(database, begun)])
    for recipient, known in (("cy@example.com", None), (ANA, Mailing.SENDING)):
        note = digests.note(database, *names, recipient=recipient, mailing=Mailing.SENT, known=known)
        with pytest.raises(ConditionFailed):
            database.commit([note])
    assert digests.get_digest(database, *names) == begun


def test_a_forgotten_digest_is_gone(database: Database) -> None:
    begun = digest(new_program_id())
    database.commit([digests.begin(database, begun)])
    for _ in range(2):
        database.commit([digests.forget(database, begun)])
    assert digests.get_digest(database, begun.program_id, begun.digest_id) is None
