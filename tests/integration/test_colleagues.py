"""Who of the staff did something, by name: for everybody at the console, of nobody else."""

from typing import Any

import pytest

from redflag.core.instants import HOUR
from redflag.store import principals
from tests.cloud.faults import Call, watching
from tests.cloud.program import NOON, Enrolled, Shop

OWNER = "The owner"
FLAGS, REPORT = "GET /v1/flags", "GET /v1/reports/red-flags"
VERSIONS = "GET /v1/settings/history"


def decided(shop: Shop, by: str = "owner") -> Enrolled:
    """A member whom the owner has flagged, and somebody has verified."""
    ana = shop.enrol()
    shop.of("POST flag", ana, by="owner", body={"reason": "Seen."})
    shop.of("POST verify", ana, by=by, body={"reason": "Works here."})
    return ana


def leave(shop: Shop, role: str) -> None:
    """Let somebody in no longer."""
    answer = shop.ask("DELETE /v1/staff/{subject}", path={"subject": shop.subject(role)})
    assert answer.status == 204


def the_flag(shop: Shop, by: str = "manager") -> Any:
    (flag,) = shop.ask(FLAGS, by=by).body["items"]
    return flag


@pytest.mark.parametrize("by", ["viewer", "manager"])
def test_colleagues_read_who_has_decided(shop: Shop, by: str) -> None:
    ana = decided(shop)
    listed = the_flag(shop, by)
    page = shop.of("GET", ana, by=by).body
    (on_page,) = page["flags"]
    one = shop.ask("GET /v1/flags/{flag_id}", by=by, path={"flag_id": listed["flag_id"]}).body
    (row,) = shop.ask(REPORT, by=by).body["items"]
    for flag in (listed, on_page, one, row):
        assert (flag["decided_by"], flag["decided_by_name"]) == (shop.subject("owner"), OWNER)
    assert {event["what"]: event["by_name"] for event in page["timeline"]} == {
        "enrol": None,
        "flag": OWNER,
        "flag:manual": None,
        "verify": OWNER,
    }


def test_whoever_decides_reads_it_at_once(shop: Shop) -> None:
    ana = shop.enrol()
    shop.of("POST flag", ana, body={"reason": "Seen."})
    (flag,) = shop.of("POST block", ana, by="manager", body={"reason": "Seen."}).body["flags"]
    assert flag["decided_by_name"] == "The manager"


def test_the_evidence_stays_as_it_is_and_names_stand_beside_it(shop: Shop) -> None:
    shop.configure(point_edits={"mode": "on", "amount_limit": 10})
    ana = shop.enrol()
    for by in ("staff", "backend"):
        more = {"program_id": shop.program_id} if by == "backend" else {}
        shop.of("POST point-edits", ana, by=by, body={"delta": 40, "reason": "Birthday"} | more)
    for flag in (the_flag(shop), shop.of("GET", ana, by="viewer").body["flags"][0]):
        lines = flag["evidence"]["occurrences"]
        assert {line["by"] for line in lines} == {shop.subject("staff"), shop.subject("backend")}
        assert all(set(line) == {"id", "edited_at", "delta", "by", "reason"} for line in lines)
        assert flag["staff_names"] == {shop.subject("staff"): "The staff"}
    assert the_flag(shop)["decided_by_name"] is None


def test_versions_of_the_settings_name_who_saved_them(shop: Shop) -> None:
    shop.ask("PUT /v1/settings", by="owner", body={})
    (version,) = shop.ask(VERSIONS, by="viewer").body["items"]
    assert (version["saved_by"], version["saved_by_name"]) == (shop.subject("owner"), OWNER)


def test_whoever_has_left_is_named_no_longer(shop: Shop) -> None:
    decided(shop, by="manager")
    assert the_flag(shop)["decided_by_name"] == "The manager"
    leave(shop, "manager")
    flag = the_flag(shop, "viewer")
    assert (flag["decided_by"], flag["decided_by_name"]) == (shop.subject("manager"), None)


def test_whoever_works_elsewhere_by_now_is_not_named_here(shop: Shop) -> None:
    decided(shop, by="manager")
    subject = shop.subject("manager")
    leave(shop, "manager")
    other = Shop.open(shop.backend, shop.database, shop.clock)
    body = {"email": "a@example.com", "role": "viewer", "name": "Elsewhere", "subject": subject}
    assert other.ask("POST /v1/staff", body=body).status == 201
    assert principals.staff_names(shop.database, other.program_id, [subject]) == {subject: "Elsewhere"}
    assert the_flag(shop, "viewer")["decided_by_name"] is None


def test_neither_an_export_nor_a_file_names_the_staff(shop: Shop) -> None:
    ana = decided(shop)
    assert OWNER not in shop.of("GET export", ana, by="manager").text
    file = shop.ask(REPORT, by="manager", headers={"accept": "text/csv"})
    assert (file.status, shop.subject("owner") in file.text, OWNER in file.text) == (200, True, False)


def test_the_support_of_the_platform_reads_who_has_blocked_a_number(shop: Shop) -> None:
    body = {"phone": "+12125550177", "reason": "Reported."}
    made = shop.ask("POST /v1/platform/blocks", by="support", body=body).body
    assert (made["blocked_by"], made["blocked_by_name"]) == (shop.subject("support"), "The support")
    listed = shop.ask("GET /v1/platform/blocks", by="support").body["items"]
    assert made in listed


def test_a_page_reads_all_names_at_once_and_a_check_in_reads_none(shop: Shop) -> None:
    shop.configure(visit_frequency={"mode": "on", "limit": 2})
    for by in ("owner", "manager"):
        decided(shop, by=by)
    ana = shop.enrol()
    with watching(shop) as calls:
        for hours in (5, 3):
            assert shop.check_in(ana, NOON - hours * HOUR).status == 201
    assert batches(calls) == []
    for route in (FLAGS, REPORT, VERSIONS):
        with watching(shop) as calls:
            assert len(shop.ask(route, by="manager").body["items"]) > 0
        assert batches(calls).count("ProgramsTable") == 1, route
    # Nobody of the staff has done anything about this one yet.
    with watching(shop) as calls:
        path = {"member_id": ana.member_id}
        assert shop.ask("GET /v1/members/{member_id}", by="manager", path=path).status == 200
    assert batches(calls) == []


def batches(calls: list[Call]) -> list[str]:
    """The tables of which many items were read at once, for each time."""
    return [table for call in calls if call.operation == "BatchGetItem" for table in call.tables]
