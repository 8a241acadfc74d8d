"""The audit log over HTTP, and `redflag audit verify` on the deployed stack."""

import os
import subprocess
import sys
from pathlib import Path

from local_cloud.emulator import aws_environment
from redflag.store.database import typed
from tests.e2e.world import World, code, now, text, wrong_fields


def test_an_owner_finds_who_has_done_what_to_whom(world: World) -> None:
    program = world.program()
    member, other = program.enrol(), program.enrol()
    manager = program.new_person("manager")
    between = text(now())
    for who, action in ((member, "flag"), (member, "block"), (other, "flag")):
        assert code(who.act(action, by=manager)) == "ok"
    assert code(program.configure({})) == "ok"

    everything = program.owner.everything("/v1/audit", limit=2)
    assert [entry["action"] for entry in everything] == [
        *("change_settings", "flag", "block", "flag"),
        *("add_staff", "add_location"),
    ]
    assert [entry["number"] for entry in everything] == [6, 5, 4, 3, 2, 1]
    by = everything[1]["by"]
    query = {"action": "flag", "subject": member.member_id, "by": by, "from_": between, "to": text(now())}
    (found,) = program.owner.everything("/v1/audit", **query)
    assert (found["number"], found["reason"]) == (3, "Seen by the manager.")
    assert (found["before"]["open_flags"], found["after"]["open_flags"]) == ([], ["manual"])
    assert wrong_fields(program.owner.get("/v1/audit", from_="yesterday")) == {"from"}


def verify(world: World, *options: str) -> tuple[int, str]:
    """The command, as a person runs it: its exit status, and what it prints."""
    command = [str(Path(sys.executable).parent / "redflag"), "audit", "verify"]
    ran = subprocess.run(
        [*command, "--stack", world.stack.stack_name, *options],
        env=os.environ | aws_environment(world.stack.endpoint_url),
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.returncode, ran.stdout + ran.stderr


def test_the_logs_of_the_stack_are_whole_and_a_changed_entry_is_named(world: World) -> None:
    program = world.program()
    member = program.enrol()
    assert code(member.act("flag")) == "ok"
    status, printed = verify(world)
    assert status == 0, printed
    heads = dict(line.split() for line in printed.splitlines())
    assert {program.program_id, world.stack.program_id, "PLATFORM"} <= heads.keys()

    assert code(member.act("block")) == "ok"
    ours = ("--program", program.program_id)
    assert verify(world, *ours, "--since", heads[program.program_id])[0] == 0

    table, key = world.stack.tables["audit"], {"pk": program.program_id, "sk": "000000000002"}
    entry = world.dynamodb.get_item(TableName=table, Key=typed(key))["Item"]
    world.dynamodb.put_item(TableName=table, Item=entry | {"reason": {"S": "Nothing."}})
    status, printed = verify(world, *ours)
    world.dynamodb.put_item(TableName=table, Item=entry)
    assert status == 1
    assert f"The log of {program.program_id} is broken at entry 2: it was changed" in printed
