"""Many check-ins in one request, over HTTP."""

from typing import Any

from tests.e2e.world import DAY, HOUR, MINUTE, MONDAY, Member, World, code, text


def item(who: Member, key: str, **more: Any) -> dict[str, Any]:
    body = {"program_id": who.program.program_id, "location_id": who.program.place}
    return body | {"member": {"member_id": who.member_id}, "idempotency_key": key} | more


def test_each_is_answered_and_the_same_keys_get_the_same_answers(world: World) -> None:
    program = world.program_with({"rules": {"visit_frequency": {"mode": "on", "limit": 2}}})
    member = program.enrol()
    items = [
        item(member, "1", occurred_at=text(MONDAY)),
        item(member, "2", occurred_at=text(MONDAY + MINUTE)),
        item(member, "3", occurred_at="yesterday"),
        item(member, "4", occurred_at=text(MONDAY + DAY), location_id="l_00000000"),
        item(member, "5", occurred_at=text(MONDAY + DAY), member={"phone": member.phone}),
    ]
    answer = program.importer.post("/v1/check-ins/batch", {"check_ins": items})
    assert code(answer) == "ok", answer.text
    results = answer.json()["results"]
    assert [result["status"] for result in results] == [201, 409, 422, 404, 201]
    assert results[1]["problem"]["retry_at"] == text(MONDAY + HOUR)
    (flag,) = member.flags()
    assert (flag["raised_at"], flag["count"]) == (text(MONDAY + DAY), 1)
    again = program.importer.post("/v1/check-ins/batch", {"check_ins": items}).json()["results"]
    assert [result.get("check_in") for result in again] == [result.get("check_in") for result in results]
    assert [result["status"] for result in again] == [result["status"] for result in results]
    assert member.flag_of("visit_frequency")["count"] == 1
