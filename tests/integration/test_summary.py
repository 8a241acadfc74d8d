"""The summary for charts: what was raised day by day, what became of it, and what waits."""

from typing import Any

import pytest

from redflag.core.instants import DAY, HOUR, format_instant
from redflag.core.rules import RULES
from redflag.service.flags import summary as summaries
from tests.cloud.faults import watching
from tests.cloud.program import NOON, Shop
from tests.cloud.streams import Streams, project, send

SUMMARY = "GET /v1/reports/summary"
NOTHING = dict.fromkeys(RULES, 0)
STATUSES = ("open", "confirmed", "verified", "resolved", "overturned")


def summary(shop: Shop, **query: str) -> dict[str, Any]:
    answer = shop.ask(SUMMARY, by="viewer", query={k.rstrip("_"): v for k, v in query.items()})
    assert answer.status == 200, answer.text
    return answer.body


def busy(shop: Shop) -> None:
    """Six flags: on the 13th and 14th by a rule at the annex, from the 15th to the 18th by hand."""
    shop.configure(visit_frequency={"mode": "on", "limit": 2})
    for number in range(6):
        member = shop.enrol()
        shop.clock.now = NOON + (number - 2) * DAY
        if number < 2:
            shop.check_in(member, shop.clock.now - HOUR, place=shop.annex)
            shop.check_in(member, place=shop.annex)
        else:
            shop.of("POST flag", member, body={"reason": "Seen."})
    for number, actions in enumerate((["block"], ["block", "unblock"], ["verify"], ["resolve"])):
        for action in actions:
            answer = shop.of(f"POST {action}", shop.enrolled[number], body={"reason": "Seen."})
            assert answer.status == 200, answer.text
    project(shop)


def test_a_program_without_flags_has_nothing_to_show(shop: Shop) -> None:
    found = summary(shop)
    assert (found["first_day"], found["last_day"]) == ("2060-02-15", "2060-03-15")
    assert len(found["by_day"]) == 30
    assert all(rules == NOTHING for rules in found["by_day"].values())
    assert found["by_rule"] == NOTHING
    assert found["by_location"] == []
    assert found["by_outcome"] == dict.fromkeys(STATUSES, 0)
    assert found["open"] == {
        "flags": 0,
        "complete": True,
        "ages": {
            "under_1_day": 0,
            "from_1_to_3_days": 0,
            "from_3_to_7_days": 0,
            "from_7_to_30_days": 0,
            "over_30_days": 0,
        },
        "oldest_recorded_at": None,
    }
    for rule in RULES:
        shares = {name: value for name, value in found["precision"][rule].items() if name.endswith("_share")}
        assert len(shares) == 5
        assert set(shares.values()) == {None}


def test_what_was_raised_is_told_by_day_rule_location_and_outcome(shop: Shop) -> None:
    busy(shop)
    found = summary(shop)
    assert (found["first_day"], found["last_day"]) == ("2060-02-18", "2060-03-18")
    told = {day: rules for day, rules in found["by_day"].items() if rules != NOTHING}
    assert told == {f"2060-03-{day}": NOTHING | {"visit_frequency": 1} for day in (13, 14)} | {
        f"2060-03-{day}": NOTHING | {"manual": 1} for day in (15, 16, 17, 18)
    }
    assert found["by_rule"] == NOTHING | {"visit_frequency": 2, "manual": 4}
    assert found["by_location"] == [
        {"location_id": None, "name": None, "flags": 4},
        {"location_id": shop.annex, "name": "A place", "flags": 2},
    ]
    assert found["by_outcome"] == {
        "open": 2,
        "confirmed": 1,
        "verified": 1,
        "resolved": 1,
        "overturned": 1,
    }


def test_precision_is_what_staff_have_decided(shop: Shop) -> None:
    busy(shop)
    found = summary(shop)["precision"]
    assert found["visit_frequency"] == {
        "raised": 2,
        "open": 0,
        "decided": 2,
        "confirmed": 1,
        "verified": 0,
        "resolved": 0,
        "overturned": 1,
        "confirmed_share": 0.5,
        "verified_share": 0,
        "resolved_share": 0,
        "overturned_share": 0.5,
        "taken_back_share": 0.5,
    }
    manual = found["manual"]
    assert (manual["raised"], manual["open"], manual["decided"]) == (4, 2, 2)
    assert (manual["verified_share"], manual["resolved_share"], manual["taken_back_share"]) == (
        0.5,
        0.5,
        None,
    )


def test_what_waits_is_told_with_its_age_whenever_it_was_raised(shop: Shop) -> None:
    busy(shop)
    shop.clock.now += 2 * DAY
    found = summary(shop, from_="2060-03-01", to="2060-03-14")
    assert found["by_outcome"]["open"] == 0
    assert found["open"]["flags"] == 2
    assert found["open"]["oldest_recorded_at"] == format_instant(NOON + 2 * DAY)
    assert {name: n for name, n in found["open"]["ages"].items() if n} == {
        "from_1_to_3_days": 1,
        "from_3_to_7_days": 1,
    }


def test_both_days_that_are_asked_for_are_told(shop: Shop) -> None:
    busy(shop)
    found = summary(shop, from_="2060-03-14", to="2060-03-16")
    assert list(found["by_day"]) == ["2060-03-14", "2060-03-15", "2060-03-16"]
    assert found["by_rule"] == NOTHING | {"visit_frequency": 1, "manual": 2}
    alone = summary(shop, from_="2060-03-18", to="2060-03-18")
    assert list(alone["by_day"]) == ["2060-03-18"]
    assert alone["by_rule"] == NOTHING | {"manual": 1}


def test_the_last_day_is_that_of_the_programs_own_calendar(shop: Shop) -> None:
    shop.configure(notifications={"time_zone": "Pacific/Kiritimati"})
    assert summary(shop)["last_day"] == "2060-03-16"
    assert list(summary(shop, from_="2060-03-16")["by_day"]) == ["2060-03-16"]
    assert summary(shop, to="2060-01-31")["first_day"] == "2060-01-02"


def test_the_flag_of_a_member_who_was_erased_is_told_no_longer(shop: Shop) -> None:
    busy(shop)
    streams = Streams(shop)
    streams.look()
    assert shop.of("DELETE", shop.enrolled[0]).status == 204
    assert send(shop, streams.look()) == []
    assert summary(shop)["by_rule"] == NOTHING | {"visit_frequency": 1, "manual": 4}


def test_another_programs_flags_are_not_counted_here(shop: Shop) -> None:
    busy(Shop.open(shop.backend, shop.database, shop.clock))
    found = summary(shop)
    assert (found["by_rule"], found["open"]["flags"], found["by_location"]) == (NOTHING, 0, [])


def test_a_location_that_was_deleted_has_no_name(shop: Shop) -> None:
    busy(shop)
    assert shop.ask("DELETE /v1/locations/{location_id}", path={"location_id": shop.annex}).status == 204
    assert {"location_id": shop.annex, "name": None, "flags": 2} in summary(shop)["by_location"]


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ({"from": "yesterday"}, {"from"}),
        ({"from": "2060-02-30"}, {"from"}),
        ({"to": "2060-3-1"}, {"to"}),
        ({"to": "0001-01-01"}, {"to"}),
        ({"from": "0001-01-01"}, {"from"}),
        ({"from": "2060-03-16"}, {"from"}),
        ({"from": "2060-03-02", "to": "2060-03-01"}, {"from"}),
        ({"from": "2059-02-08", "to": "2060-03-14"}, {"from"}),
        ({"from": "2060-03-01T00:00:00Z"}, {"from"}),
        ({"from": "٢٠٦٠-٠٣-٠١", "to": "x"}, {"from", "to"}),
    ],
    ids=str,
)
def test_days_that_cannot_be_used_are_named(shop: Shop, query: dict[str, str], fields: set[str]) -> None:
    answer = shop.ask(SUMMARY, query=query)
    assert (answer.status, answer.code, answer.fields) == (422, "invalid_request", fields)


def test_four_hundred_days_are_told_at_once(shop: Shop) -> None:
    assert len(summary(shop, from_="2059-02-09", to="2060-03-14")["by_day"]) == 400
    assert summary(shop, from_="9999-12-01", to="9999-12-31")["last_day"] == "9999-12-31"
    assert summary(shop, to="1970-01-01")["first_day"] == "1969-12-03"


def test_a_summary_reads_so_much_and_no_more(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    busy(shop)
    summary(shop)
    with watching(shop) as calls:
        summary(shop)
    assert len(calls) == 3
    monkeypatch.setattr(summaries, "_PAGES_READ", 0)
    answer = shop.ask(SUMMARY)
    assert (answer.status, answer.fields) == (422, {"from"})
