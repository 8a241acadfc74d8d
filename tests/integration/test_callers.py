"""Who may call the routes of the app pool: roles, scopes, programs, and members as themselves."""

import pytest

from redflag.core.roles import Role
from redflag.store import principals
from redflag.store.ids import new_program_id
from redflag.store.principals import Principal
from tests.cloud.program import NOON, Shop
from tests.cloud.requests import answer_of, http_event, invoke, jwt

CHECK_IN, GATE, IMPORT = "redflag/check-ins.write", "redflag/gate.check", "redflag/check-ins.import"


@pytest.mark.parametrize("role", ["kiosk", "backend", "importer"])
def test_a_machine_needs_the_scope_of_what_it_does(shop: Shop, role: str) -> None:
    ana = shop.enrol()
    for scopes, check_in, gate in (
        (f"{CHECK_IN} {GATE}", 201, 200),
        (GATE, 403, 200),
        (CHECK_IN, 201, 403),
        ("", 403, 403),
        ("redflag/members.write openid", 403, 403),
        (f"x{CHECK_IN} {CHECK_IN}x", 403, 403),
    ):
        caller = shop.caller(role, scopes=scopes)
        shop.clock.now += 3_600_000
        assert shop.check_in(ana, by=caller).status == check_in
        assert shop.ask_gate(caller, member_id=ana.member_id).status == gate


def test_only_an_importer_with_its_scope_goes_back_further_than_a_day(shop: Shop) -> None:
    ana, long_ago = shop.enrol(), NOON - 48 * 3_600_000
    for role, scopes, status in (
        ("importer", CHECK_IN, 422),
        ("backend", f"{CHECK_IN} {IMPORT}", 422),
        ("kiosk", f"{CHECK_IN} {IMPORT}", 422),
        ("importer", f"{CHECK_IN} {IMPORT}", 201),
    ):
        assert shop.check_in(ana, long_ago, by=shop.caller(role, scopes=scopes)).status == status


def test_a_member_checks_in_only_themselves_by_id_or_by_phone(shop: Shop) -> None:
    ana, ben = shop.enrol(), shop.enrol()
    me = jwt(shop.link(ana, f"ana-{shop.program_id}"))
    for who in (ben, {"phone": ben.phone}, {"phone": "+12125550199"}, {"member_id": "m_0000000000000"}):
        answer = shop.check_in(who, by=me)
        assert (answer.status, answer.code) == (403, "forbidden")
    assert shop.register(ben).accepted == ()
    assert shop.check_in(ana, by=me).status == 201
    shop.clock.now += 3_600_000
    assert shop.check_in({"phone": ana.phone}, by=me).status == 201


def test_a_member_asks_the_gate_only_about_themselves_and_learns_nothing_of_others(shop: Shop) -> None:
    ana, ben = shop.enrol(), shop.enrol()
    caller = jwt(shop.link(ana, f"ana-{shop.program_id}"))
    assert shop.ask_gate(caller, member_id=ana.member_id).status == 200
    assert shop.ask_gate(caller, phone=ana.phone).status == 200
    for other in ({"member_id": ben.member_id}, {"phone": ben.phone}, {"phone": "+12125550199"}):
        assert shop.ask_gate(caller, **other).code == "forbidden"


def test_a_member_of_two_programs_is_a_member_of_each_apart(shop: Shop) -> None:
    other = Shop.open(shop.backend, shop.database, shop.clock)
    here, there = shop.enrol(), other.enrol()
    subject = shop.link(here, f"ana-{shop.program_id}")
    other.link(there, subject)
    assert shop.check_in(here, by=jwt(subject)).status == 201
    assert other.check_in(there, by=jwt(subject)).status == 201
    assert shop.check_in(there, by=jwt(subject)).status == 403


def test_a_caller_of_another_program_learns_nothing_of_this_one(shop: Shop) -> None:
    other = Shop.open(shop.backend, shop.database, shop.clock)
    ana = shop.enrol()
    stranger = other.caller("kiosk")
    here = shop.check_in(ana, by=stranger)
    nowhere = shop.post_check_in(
        {"program_id": new_program_id(), "location_id": "l_1", "member": {"member_id": "m_1"}}, by=stranger
    )
    assert (here.status, here.body) == (nowhere.status, nowhere.body)
    assert here.status == 404
    assert shop.ask_gate(stranger, phone=ana.phone).status == 404


def test_a_caller_whom_nobody_knows_is_forbidden_everywhere(shop: Shop) -> None:
    ana = shop.enrol()
    stranger = jwt("nobody", f"{CHECK_IN} {GATE}")
    assert shop.check_in(ana, by=stranger).code == "forbidden"
    assert shop.ask_gate(stranger, phone=ana.phone).code == "forbidden"


def test_a_merchants_app_may_do_nothing_by_itself(shop: Shop) -> None:
    shop.database.commit([principals.save(shop.database, Principal("app", Role.APP, shop.program_id))])
    answer = shop.check_in(shop.enrol(), by=jwt("app", f"{CHECK_IN} {GATE}"))
    assert answer.code == "forbidden"


def test_without_a_token_nobody_gets_in(shop: Shop) -> None:
    body = {"program_id": shop.program_id, "location_id": shop.counter, "member": {"member_id": "m_1"}}
    event = http_event("check_in", body=body)
    del event["requestContext"]["authorizer"]
    answer = answer_of(invoke(shop.backend, "check_in", event))
    assert (answer.status, answer.code) == (401, "unauthorized")


def test_who_was_removed_is_out_when_the_memory_of_them_is_gone(shop: Shop) -> None:
    ana = shop.enrol()
    caller = shop.caller("kiosk")
    assert shop.ask_gate(caller, phone=ana.phone).status == 200
    kiosk = principals.get_app_caller(shop.database, shop.subject("kiosk"), shop.program_id)
    assert kiosk is not None
    shop.database.commit([principals.remove(shop.database, kiosk)])
    shop.forget()
    assert shop.ask_gate(caller, phone=ana.phone).code == "forbidden"
