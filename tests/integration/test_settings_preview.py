"""What a change of the settings would have done: whom it names, and that it changes nothing."""

from typing import Any

import pytest

from redflag.core.instants import DAY, HOUR, MINUTE, format_instant
from redflag.core.settings import Settings
from redflag.service.programs import preview
from redflag.store import audit_search
from tests.cloud.program import NOON, Enrolled, Shop
from tests.cloud.requests import Answer
from tests.cloud.streams import Streams, project, send

PREVIEW = "POST /v1/settings/preview"
OFF = {"mode": "off"}
NINE_TO_FIVE = {"override_open": "09:00", "override_close": "17:00"}
AT_NIGHT = NOON - DAY - 8 * HOUR
"""Midnight in New York, a day and a half ago."""


def look(shop: Shop, cooldown_minutes: int = 60, **rules: Any) -> dict[str, Any]:
    """What settings with these rules would have done."""
    answer = ask(shop, {"check_in": {"cooldown_minutes": cooldown_minutes}, "rules": rules})
    assert answer.status == 200, answer.text
    return answer.body


def ask(shop: Shop, document: Any) -> Answer:
    return shop.ask(PREVIEW, body=document)


def of(looked: dict[str, Any], rule: str) -> dict[str, Any]:
    """A rule's part of a preview."""
    (found,) = (each for each in looked["rules"] if each["rule"] == rule)
    return dict(found)


def named(part: dict[str, Any]) -> list[str]:
    """The ids of the members that a list names, all of them."""
    assert part["number"] == len(part["members"])
    return [each["member_id"] for each in part["members"]]


def members(found: dict[str, Any]) -> tuple[int, int]:
    return found["current"]["members"], found["proposed"]["members"]


def daily(shop: Shop, member: Enrolled, days: int, *, until: int = NOON - HOUR) -> None:
    """Check in once a day, so many days up to the last."""
    for day in reversed(range(days)):
        assert shop.check_in(member, until - day * DAY).status == 201


def test_the_settings_in_force_make_no_difference_to_themselves(shop: Shop) -> None:
    shop.configure(visit_frequency={"mode": "on", "limit": 3})
    ana = shop.enrol()
    daily(shop, ana, 3)
    looked = ask(shop, shop.ask("GET /v1/settings").body).body
    assert (looked["since"], looked["until"]) == (format_instant(NOON - 30 * DAY), format_instant(NOON))
    assert (looked["members"], looked["check_ins"]) == (1, 3)
    assert (looked["complete"], looked["explanation"], looked["left_out"]) == (True, None, [])
    assert [each["rule"] for each in looked["rules"]] == list(Settings().to_document()["rules"])
    for each in looked["rules"]:
        assert each["current"] == each["proposed"]
        assert named(each["added"]) == named(each["removed"]) == []
    assert of(looked, "visit_frequency")["current"] == {"mode": "on", "members": 1}


def test_a_stricter_limit_names_who_would_be_flagged_and_a_looser_one_who_would_not(shop: Shop) -> None:
    shop.configure(visit_frequency={"mode": "on", "limit": 3})
    ana, ben, cyd = (shop.enrol() for _ in range(3))
    for member, days in ((ana, 3), (ben, 2), (cyd, 1)):
        daily(shop, member, days)
    strict = of(look(shop, visit_frequency={"limit": 2}), "visit_frequency")
    assert (members(strict), named(strict["added"]), named(strict["removed"])) == (
        (1, 2),
        [ben.member_id],
        [],
    )
    assert strict["added"]["members"][0]["name"] == "Yorick Pemberly"
    loose = of(look(shop, visit_frequency={"limit": 4}), "visit_frequency")
    assert (members(loose), named(loose["added"]), named(loose["removed"])) == ((1, 0), [], [ana.member_id])
    off = of(look(shop, visit_frequency=OFF), "visit_frequency")
    assert (members(off), named(off["removed"])) == ((1, 0), [ana.member_id])


def test_in_the_shadow_members_are_recorded_which_is_told_apart(shop: Shop) -> None:
    shop.configure(visit_frequency={"mode": "shadow", "limit": 3})
    ana, ben = shop.enrol(), shop.enrol()
    daily(shop, ana, 3)
    daily(shop, ben, 2)
    on = of(look(shop, visit_frequency={"mode": "on", "limit": 3}), "visit_frequency")
    assert (on["current"], on["proposed"]) == (
        {"mode": "shadow", "members": 1},
        {"mode": "on", "members": 1},
    )
    assert named(on["added"]) == [ana.member_id]
    more = of(look(shop, visit_frequency={"mode": "shadow", "limit": 2}), "visit_frequency")
    assert (named(more["added"]), named(more["removed"])) == ([ben.member_id], [])


def test_nothing_is_written_and_nobody_is_told(shop: Shop) -> None:
    ana = shop.enrol()
    daily(shop, ana, 4)
    # Whoever asks is let in when first spoken of.
    shop.subject("owner")
    tables = [name for name in shop.backend.values if name.endswith("Table")]
    before = {name: shop.backend.items(shop.backend.values[name]) for name in tables}
    found = of(look(shop, visit_frequency={"limit": 2}), "visit_frequency")
    assert named(found["added"]) == [ana.member_id]
    assert {name: shop.backend.items(shop.backend.values[name]) for name in tables} == before
    assert shop.ask("GET /v1/settings").headers["etag"] == '"0"'


def test_trusted_members_are_skipped_and_what_was_verified_does_not_count_again(shop: Shop) -> None:
    shop.configure(visit_frequency={"mode": "on", "limit": 3})
    ana, ben, cyd = (shop.enrol() for _ in range(3))
    for member in (ana, ben, cyd):
        daily(shop, member, 3)
    shop.of("POST resolve", ana, body={"reason": "Lives next door."})
    shop.of("POST verify", ben, body={"reason": "Was on holiday here."})
    found = of(look(shop, visit_frequency={"limit": 2}), "visit_frequency")
    assert (members(found), named(found["added"])) == ((1, 1), [])


def test_what_was_before_the_period_prepares_and_is_not_told(shop: Shop) -> None:
    shop.configure(visit_frequency={"mode": "on", "limit": 2, "window_days": 1})
    ana, ben = shop.enrol(), shop.enrol()
    daily(shop, ana, 3, until=NOON - 31 * DAY - HOUR)
    daily(shop, ben, 3, until=NOON - 28 * DAY - HOUR)
    looked = look(shop, visit_frequency={"limit": 3, "window_days": 90})
    # Ben's first was an hour before the period; with it there are three within ninety days.
    assert looked["check_ins"] == 2
    assert members(of(looked, "visit_frequency")) == (0, 1)
    assert named(of(looked, "visit_frequency")["added"]) == [ben.member_id]


def test_attempts_are_refused_by_the_cooldown_of_each_side(shop: Shop) -> None:
    shop.configure(visit_frequency={"mode": "on", "limit": 3})
    ana = shop.enrol()
    for minutes, status in ((0, 201), (30, 409), (60, 201)):
        assert shop.check_in(ana, NOON - 5 * HOUR + minutes * MINUTE).status == status
    looked = look(shop, cooldown_minutes=30, visit_frequency={"limit": 3})
    assert looked["refused"]["too_soon"] == {"current": 1, "proposed": 0}
    assert named(of(looked, "visit_frequency")["added"]) == [ana.member_id]
    longer = look(shop, cooldown_minutes=90, visit_frequency={"limit": 3})
    assert longer["refused"]["too_soon"] == {"current": 1, "proposed": 2}


def test_attempts_are_refused_and_flagged_by_the_hours_of_each_side(shop: Shop) -> None:
    ana, ben = shop.enrol(), shop.enrol()
    assert shop.check_in(ana, AT_NIGHT).status == 201
    assert shop.check_in(ben, AT_NIGHT + 12 * HOUR).status == 201
    looked = look(shop, outside_hours={"mode": "on", **NINE_TO_FIVE})
    assert looked["refused"]["outside_business_hours"] == {"current": 0, "proposed": 1}
    assert named(of(looked, "outside_hours")["added"]) == [ana.member_id]
    shop.configure(outside_hours={"mode": "on", **NINE_TO_FIVE})
    assert shop.check_in(ben, AT_NIGHT).status == 403
    assert shop.check_in(ben, AT_NIGHT + HOUR).status == 403
    back = look(shop, outside_hours=OFF)
    assert back["refused"]["outside_business_hours"] == {"current": 3, "proposed": 0}
    assert set(named(of(back, "outside_hours")["removed"])) == {ana.member_id, ben.member_id}


def test_a_location_that_was_deleted_was_never_closed(shop: Shop) -> None:
    ana = shop.enrol()
    shop.check_in(ana, AT_NIGHT)
    shop.ask("DELETE /v1/locations/{location_id}", path={"location_id": shop.counter})
    looked = look(shop, outside_hours={"mode": "on", **NINE_TO_FIVE})
    assert (looked["check_ins"], members(of(looked, "outside_hours"))) == (1, (0, 0))


def test_a_pair_is_found_at_its_location_or_in_its_spot(shop: Shop) -> None:
    ana, ben = shop.enrol(), shop.enrol()
    streams = Streams(shop)
    for day, spot in ((3, 40.74112), (2, 40.74112), (1, 40.75)):
        at = NOON - day * DAY
        here, there = {"lat": spot, "lon": -73.98971}, {"lat": 40.74112, "lon": -73.98971}
        for member, when, position in ((ana, at, here), (ben, at + 5 * MINUTE, there)):
            assert shop.check_in(member, when, position=position).status == 201
            # Only the newest attempt of a register has a position.
            assert send(shop, streams.look()) == []
    pair = {ana.member_id, ben.member_id}
    for match_on, limit, expected in (
        ("location", 3, pair),
        ("position", 2, pair),
        ("position", 3, set()),
    ):
        rule = {"mode": "on", "limit": limit, "match_on": match_on}
        assert set(named(of(look(shop, back_to_back=rule), "back_to_back")["added"])) == expected


def test_what_a_register_has_forgotten_is_read_from_the_history(shop: Shop) -> None:
    ana, ben = shop.enrol(), shop.enrol()
    daily(shop, ana, 20)
    for day in reversed(range(20)):
        shop.check_in(ben, NOON - 2 * HOUR - day * DAY)
        # As the stream shows it before the register forgets it.
        project(shop)
    assert look(shop)["check_ins"] == 16 + 20


def test_refusals_that_a_register_has_forgotten_are_read_from_the_history(shop: Shop) -> None:
    ana = shop.enrol()
    shop.check_in(ana, NOON - 5 * HOUR)
    for minute in range(1, 6):
        assert shop.check_in(ana, NOON - 5 * HOUR + minute * MINUTE).status == 409
        project(shop)
    looked = look(shop, cooldown_minutes=0, visit_frequency={"limit": 6})
    assert looked["refused"]["too_soon"] == {"current": 5, "proposed": 0}
    assert named(of(looked, "visit_frequency")["added"]) == [ana.member_id]


def test_attempts_that_a_persons_block_has_refused_stay_refused(shop: Shop) -> None:
    ana = shop.enrol()
    daily(shop, ana, 2)
    shop.of("POST flag", ana, body={"reason": "Seen."})
    shop.of("POST block", ana, body={"reason": "Seen."})
    assert shop.check_in(ana).status == 403
    found = look(shop, visit_frequency={"limit": 3})
    assert (found["check_ins"], members(of(found, "visit_frequency"))) == (2, (0, 0))


def test_nobody_is_suspended_so_everybody_stays_to_be_judged(shop: Shop) -> None:
    shop.configure(automatically_suspend=True, visit_frequency={"mode": "shadow", "limit": 2})
    ana, ben = shop.enrol(), shop.enrol()
    for day in (3, 2, 1):
        shop.check_in(ana, NOON - day * DAY)
        shop.check_in(ben, NOON - day * DAY + 5 * MINUTE)
    document = {
        "automatically_suspend": True,
        "rules": {"visit_frequency": {"mode": "on", "limit": 2}, "back_to_back": {"mode": "on", "limit": 3}},
    }
    looked = ask(shop, document).body
    assert members(of(looked, "back_to_back")) == (0, 2)


def test_point_edits_are_judged_as_the_audit_log_has_them(shop: Shop) -> None:
    ana, ben = shop.enrol(), shop.enrol()
    for member, delta in ((ana, 600), (ben, -40), (ben, -40)):
        shop.clock.now += MINUTE
        shop.of("POST point-edits", member, body={"delta": delta, "reason": "Goodwill."})
    large = of(look(shop, point_edits={"mode": "on"}), "point_edits")
    assert named(large["added"]) == [ana.member_id]
    often = of(look(shop, point_edits={"mode": "on", "count_limit": 2}), "point_edits")
    assert set(named(often["added"])) == {ana.member_id, ben.member_id}


def test_the_period_is_no_longer_than_attempts_are_kept(shop: Shop) -> None:
    shop.configure(retention={"history_days": 10})
    assert look(shop)["since"] == format_instant(NOON - 10 * DAY)


def test_a_program_without_members_is_looked_at_too(shop: Shop) -> None:
    looked = look(shop, visit_frequency={"limit": 2})
    assert (looked["members"], looked["check_ins"], looked["complete"]) == (0, 0, True)


def test_a_list_names_the_first_members_and_says_how_many_there_are(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("redflag.http.programs.preview_schemas.NAMED", 1)
    for _ in range(2):
        daily(shop, shop.enrol(), 2)
    added = of(look(shop, visit_frequency={"limit": 2}), "visit_frequency")["added"]
    assert added["number"] == 2
    assert [each["name"] for each in added["members"]] == ["Yorick Pemberly"]


@pytest.mark.parametrize(
    ("bound", "value", "members_read"),
    [("_MEMBERS", 1, 1), ("_ATTEMPTS", 2, 1), ("_READING", -1, 0)],
)
def test_a_program_over_a_bound_is_told_what_was_looked_at(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, bound: str, value: int, members_read: int
) -> None:
    monkeypatch.setattr(preview, bound, value)
    for _ in range(3):
        daily(shop, shop.enrol(), 2)
    looked = look(shop, visit_frequency={"limit": 2})
    assert (looked["complete"], looked["members"]) == (False, members_read)
    assert f"the first {members_read} members by name" in looked["explanation"]
    assert members(of(looked, "visit_frequency")) == (0, members_read)
    # With somebody left out, nobody knows who followed whom.
    assert [each["rule"] for each in looked["left_out"]] == ["back_to_back"]
    assert "back_to_back" not in {each["rule"] for each in looked["rules"]}


def test_more_attempts_of_one_member_than_are_read_are_told(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview, "_OF_ONE_MEMBER", 2)
    ana = shop.enrol()
    daily(shop, ana, 17)
    project(shop)
    assert look(shop)["complete"] is False


def test_a_log_that_is_longer_than_is_read_is_told(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_search, "_PAGES_READ", 1)
    monkeypatch.setattr(audit_search, "_LOOKED_THROUGH", 1)
    ana = shop.enrol()
    for _ in range(2):
        shop.of("POST point-edits", ana, body={"delta": 600, "reason": "Goodwill."})
    assert look(shop, point_edits={"mode": "on"})["left_out"] == []
    monkeypatch.setattr(preview, "_SEARCHES", 1)
    looked = look(shop, point_edits={"mode": "on"})
    assert looked["complete"] is True
    (left_out,) = looked["left_out"]
    assert left_out == {
        "rule": "point_edits",
        "explanation": "The audit log of that time is longer than one preview reads.",
    }


def test_another_programs_members_are_not_looked_at(shop: Shop) -> None:
    other = Shop.open(shop.backend, shop.database, shop.clock)
    daily(other, other.enrol(), 2)
    assert look(shop, visit_frequency={"limit": 2})["members"] == 0
