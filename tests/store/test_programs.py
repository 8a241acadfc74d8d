from dataclasses import replace
from unittest.mock import patch

import pytest

from redflag.core.hours import Span
from redflag.core.instants import parse_instant
from redflag.core.settings import Settings
from redflag.store import programs
from redflag.store.database import ConditionFailed, Database
from redflag.store.ids import new_program_id
from redflag.store.programs import Program, SettingsVersion
from tests.cloud.program import NOON


def test_a_program_is_made_once_and_read_back(database: Database) -> None:
    program = Program(new_program_id(), "Quince & Co", "CH")
    database.commit([programs.save_program(database, program)])
    assert programs.get_program(database, program.program_id) == program
    with pytest.raises(ConditionFailed, match="program"):
        database.commit([programs.save_program(database, program)])
    assert programs.get_program(database, new_program_id()) is None


def test_a_program_is_replaced_only_while_it_is_as_open_or_closed_as_it_was_read(database: Database) -> None:
    opened = Program(new_program_id(), "Quince & Co", "US", created_at=NOON)
    closed, later = replace(opened, closed_at=NOON + 1), replace(opened, closed_at=NOON + 2)
    database.commit([programs.save_program(database, opened)])
    database.commit([programs.save_program(database, closed, opened)])
    for stale in (opened, later):
        with pytest.raises(ConditionFailed, match="program"):
            database.commit([programs.save_program(database, later, stale)])
    assert programs.get_program(database, opened.program_id, consistent=True) == closed
    database.commit([programs.save_program(database, opened, closed)])
    assert programs.get_program(database, opened.program_id, consistent=True) == opened
    with pytest.raises(ConditionFailed, match="program"):
        database.commit([programs.save_program(database, closed, closed)])
    nobody = Program(new_program_id(), "Nobody", "US")
    with pytest.raises(ConditionFailed, match="program"):
        database.commit([programs.save_program(database, nobody, nobody)])


@pytest.mark.parametrize("page", [1, 2, 3, 100])
def test_programs_are_listed_once_each_on_pages_of_any_length(database: Database, page: int) -> None:
    made = [Program(new_program_id(), "Quince & Co", "US") for _ in range(4)]
    for program in made:
        database.commit([programs.save_program(database, program)])
    found: list[Program] = []
    after: str | None = None
    while items := programs.all_programs(database, after=after, limit=page):
        found += items
        after = items[-1].program_id
    known = [program.program_id for program in found]
    assert known == sorted(set(known))
    assert {program.program_id for program in made} <= set(known)


def version(number: int, cooldown: int = 60) -> SettingsVersion:
    settings = Settings.from_document({"check_in": {"cooldown_minutes": cooldown}})
    return SettingsVersion(settings, number, NOON + number, "owner")


def test_settings_that_were_never_saved_are_the_defaults_in_version_0(database: Database) -> None:
    assert programs.get_settings(database, new_program_id()) == SettingsVersion(Settings())


def test_settings_are_read_back_as_they_were_saved(database: Database) -> None:
    program_id = new_program_id()
    everything = Settings.from_document(
        {
            "check_in": {"cooldown_minutes": 0},
            "rules": {
                "back_to_back": {"mode": "shadow", "match_on": "position"},
                "point_edits": {"count_limit": 3},
                "outside_hours": {"override_open": "18:00", "override_close": "02:00"},
            },
            "notifications": {"recipients": ["a@example.com", "b@example.com"], "time_zone": "Europe/Zurich"},
            "contact_us": {"url": "https://example.com"},
            "gate": {"fail_open": True},
            "retention": {"history_days": 30},
        }
    )
    saved = SettingsVersion(everything, 1, NOON, "owner")
    database.commit(programs.save_settings(database, program_id, saved))
    assert programs.get_settings(database, program_id, consistent=True) == saved


def test_a_version_is_saved_once_and_every_version_is_kept(database: Database) -> None:
    program_id = new_program_id()
    for number in (1, 2, 3):
        database.commit(programs.save_settings(database, program_id, version(number)))
    for taken in (1, 3, 5):
        with pytest.raises(ConditionFailed):
            database.commit(programs.save_settings(database, program_id, version(taken, cooldown=1)))
    assert programs.get_settings(database, program_id, consistent=True) == version(3)
    assert programs.settings_history(database, program_id, before=None, limit=10) == [
        version(3),
        version(2),
        version(1),
    ]
    assert programs.settings_history(database, program_id, before=3, limit=1) == [version(2)]
    assert programs.settings_history(database, program_id, before=1, limit=1) == []


def location(location_id: str, **more: object) -> dict[str, object]:
    document: dict[str, object] = {"location_id": location_id, "name": "Shop", "time_zone": "Europe/Zurich"}
    return document | {"position": None, "hours": None, "exceptions": []} | more


def test_a_location_is_made_replaced_and_deleted_only_where_it_stands(database: Database) -> None:
    program_id, shop = new_program_id(), location("l_00000001")
    for write in (
        programs.save_location(database, program_id, shop, new=False),
        programs.delete_location(database, program_id, "l_00000001"),
    ):
        with pytest.raises(ConditionFailed, match="location"):
            database.commit([write])
    database.commit([programs.save_location(database, program_id, shop, new=True)])
    with pytest.raises(ConditionFailed):
        database.commit([programs.save_location(database, program_id, shop, new=True)])
    changed = shop | {"name": "Market"}
    database.commit([programs.save_location(database, program_id, changed, new=False)])
    assert programs.get_location(database, program_id, "l_00000001") == changed
    assert programs.get_location(database, new_program_id(), "l_00000001") is None
    database.commit([programs.delete_location(database, program_id, "l_00000001")])
    assert programs.get_location(database, program_id, "l_00000001") is None


def test_locations_are_listed_by_id_after_the_one_named_and_only_the_programs_own(database: Database) -> None:
    program_id = new_program_id()
    ids = [f"l_{n:08d}" for n in range(5)]
    for owner in (program_id, new_program_id()):
        for location_id in ids:
            database.commit([programs.save_location(database, owner, location(location_id), new=True)])
    database.commit([programs.save_program(database, Program(program_id, "Quince & Co", "US"))])
    first = programs.locations(database, program_id, after=None, limit=3)
    rest = programs.locations(database, program_id, after=ids[2], limit=10)
    assert [place["location_id"] for place in (*first, *rest)] == ids


def test_a_location_opens_by_its_week_and_by_its_exceptions() -> None:
    week = {"mon": [{"open": "09:00", "close": "12:00"}, {"open": "18:00", "close": "02:00"}]}
    exceptions = [{"date": "2060-03-15", "hours": []}, {"date": "2060-03-16", "hours": week["mon"][:1]}]
    plain = programs.read_location(location("l_00000001", hours=week))
    special = programs.read_location(location("l_00000001", hours=week, exceptions=exceptions))
    monday, tuesday = (parse_instant(f"2060-03-{day}T09:30:00.000Z") for day in (15, 16))
    assert plain.hours is not None
    assert special.hours is not None
    assert plain.hours.week[0] == (Span.parse("09:00", "12:00"), Span.parse("18:00", "02:00"))
    assert [plain.hours.is_open(at, plain.zone) for at in (monday, tuesday)] == [True, False]
    assert [special.hours.is_open(at, special.zone) for at in (monday, tuesday)] == [False, True]
    assert programs.read_location(location("l_00000001")).hours is None


def test_the_names_of_all_locations_of_a_program_are_told(database: Database) -> None:
    ours, theirs = new_program_id(), new_program_id()
    for program_id, name in ((ours, "Main Street"), (theirs, "Elsewhere")):
        for number in range(3):
            document = {"location_id": f"l_0000000{number}", "name": f"{name} {number}", "time_zone": "UTC"}
            database.commit([programs.save_location(database, program_id, document, new=True)])
    database.commit(programs.save_settings(database, ours, version(1)))
    query = database.client.query
    with patch.object(database.client, "query", lambda **request: query(**request | {"Limit": 2})):
        names = programs.location_names(database, ours)
    assert names == {f"l_0000000{number}": f"Main Street {number}" for number in range(3)}
    assert programs.location_names(database, new_program_id()) == {}


def test_every_program_is_known_by_its_id(database: Database) -> None:
    made = [Program(new_program_id(), "Quince & Co", "US") for _ in range(3)]
    database.commit([programs.save_program(database, program) for program in made])
    query = database.client.query
    with patch.object(database.client, "query", lambda **request: query(**request | {"Limit": 2})):
        found = programs.program_ids(database)
    assert {program.program_id for program in made} <= set(found)
    assert len(found) == len(set(found))
