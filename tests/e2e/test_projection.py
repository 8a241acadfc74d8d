"""What follows within seconds: the history on a member's page."""

from tests.e2e.world import HOUR, MILLISECOND, MONDAY, SECOND, World, code, eventually, text

CLOSING = {"rules": {"outside_hours": {"mode": "on"}}}
WITHIN = 5 * SECOND


def test_recent_attempts_show_accepted_and_refused_ones_newest_first(world: World) -> None:
    program = world.program_with(CLOSING)
    member, closed = program.enrol(), program.new_place(hours={})
    first = member.visit(MONDAY, device_id="till 4").json()
    assert code(member.visit(MONDAY + MILLISECOND)) == "too_soon"
    assert code(member.visit(MONDAY + HOUR, place=closed)) == "outside_business_hours"
    assert code(member.act("block")) == "ok"
    assert code(member.visit(MONDAY + 2 * HOUR)) == "account_blocked"

    seen = eventually(
        lambda: member.profile()["recent_attempts"], wanted=lambda found: len(found) == 4, within=WITHIN
    )
    assert [(attempt["outcome"], attempt["checked_in_at"], attempt["location_id"]) for attempt in seen] == [
        ("account_blocked", text(MONDAY + 2 * HOUR), program.place),
        ("outside_business_hours", text(MONDAY + HOUR), closed),
        ("too_soon", text(MONDAY + MILLISECOND), program.place),
        ("accepted", text(MONDAY), program.place),
    ]
    accepted = seen[-1]
    assert (accepted["check_in_id"], accepted["device_id"]) == (first["check_in_id"], "till 4")


def test_nothing_is_left_in_the_failure_queue(world: World) -> None:
    member = world.program_with(CLOSING).enrol()
    member.visits(MONDAY)
    assert eventually(lambda: member.profile()["recent_attempts"], wanted=bool, within=WITHIN)
    queues = world.stack.client("sqs")
    for url in queues.list_queues().get("QueueUrls", []):
        counted = queues.get_queue_attributes(QueueUrl=url, AttributeNames=["ApproximateNumberOfMessages"])
        assert counted["Attributes"]["ApproximateNumberOfMessages"] == "0", url
