"""The platform's support: numbers blocked everywhere, programs closed and opened, and the command line."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from botocore.exceptions import ClientError

from local_cloud.emulator import aws_environment
from redflag.store import platform_blocks
from redflag.store.ids import new_block_id
from redflag.store.people import get_profile
from redflag.store.platform_blocks import Block
from redflag.store.principals import PLATFORM
from tests.e2e.world import Caller, Member, Program, World, code, eventually

PROGRAMS, BLOCKS = "/v1/platform/programs", "/v1/platform/blocks"
WHY = {"reason": "Sells rewards of others."}


def lift(world: World, **which: str) -> httpx.Response:
    return world.support.request("DELETE", BLOCKS, json=WHY | which)


def told(member: Member) -> list[str]:
    """What check-in and gate say to a member."""
    by_phone = member.visit(by=member.program.kiosk, member={"phone": member.phone})
    return [code(by_phone), code(member.program.gate(phone=member.phone))]


REFUSED, LET_IN = ["account_blocked"] * 2, ["ok"] * 2


def test_a_number_is_blocked_in_every_program_at_once_and_let_in_again_everywhere(world: World) -> None:
    settings = {"check_in": {"cooldown_minutes": 0}}
    one, two, later = (world.program(settings) for _ in range(3))
    phone = world.new_phone()
    members = [one.enrol(phone), two.enrol(phone)]
    assert [told(member) for member in members] == [LET_IN] * 2
    made = world.support.post(BLOCKS, {"phone": phone} | WHY)
    assert made.status_code == httpx.codes.CREATED
    assert world.support.post(BLOCKS, {"phone": phone} | WHY).json() == made.json()
    members.append(later.enrol(phone))
    assert [told(member) for member in members] == [REFUSED] * 3
    for member in members:
        page = member.profile()
        assert (page["access"], page["platform_blocked"]) == ("active", True)
        assert page["timeline"][0]["what"] == "platform_block"
        assert code(member.act("unblock")) == "not_blocked"
        assert member.program.logged_about(member.member_id) == ["platform_block"]
    listed = {block["block_id"]: block for block in world.support.everything(BLOCKS, limit=1)}
    assert listed[made.json()["block_id"]] == made.json()
    assert lift(world, block_id=made.json()["block_id"]).status_code == httpx.codes.NO_CONTENT
    assert [told(member) for member in members] == [LET_IN] * 3
    assert code(lift(world, phone=phone)) == "not_found"


def test_a_block_that_was_left_half_done_is_finished_from_the_stream(world: World, program: Program) -> None:
    member = program.enrol()
    profile = get_profile(world._database, program.program_id, member.member_id)
    assert profile is not None
    block = Block(new_block_id(0), profile.phone_hash, profile.phone_masked, "A test.", 0, "nobody")

    def told_in_the_end(expected: str) -> str:
        return eventually(lambda: code(program.gate(phone=member.phone)), lambda seen: seen == expected)

    world._database.commit(platform_blocks.save(world._database, block))
    assert told_in_the_end("account_blocked") == "account_blocked"
    world._database.commit(platform_blocks.lift(world._database, block))
    assert told_in_the_end("ok") == "ok"
    assert program.logged_about(member.member_id) == ["platform_block", "platform_unblock"]


# ---------------------------------------------------------------- programs


def new_program(world: World) -> tuple[str, Caller]:
    """A program made over the API, with its owner signed in."""
    email = world.new_email()
    made = world.support.post(PROGRAMS, {"name": "Brackwater's", "region": "US", "owner": {"email": email}})
    assert made.status_code == httpx.codes.CREATED, made.text
    return made.json()["program_id"], world.user(world.account("staff", email))


def change(world: World, program_id: str, to: str) -> httpx.Response:
    return world.support.post(f"{PROGRAMS}/{program_id}/{to}", WHY)


@contextmanager
def closed(world: World, program_id: str) -> Iterator[None]:
    """A program is closed meanwhile."""
    assert code(change(world, program_id, "close")) == "ok"
    try:
        yield
    finally:
        assert code(change(world, program_id, "reopen")) == "ok"


def test_a_program_is_made_used_closed_and_opened_again_over_the_api(world: World) -> None:
    program_id, owner = new_program(world)
    made = Program(world, program_id, owner, "")
    kiosk = {"name": "Till", "kind": "kiosk", "client_id": world.stack.clients["kiosk"].client_id}
    assert code(owner.post("/v1/app-clients", kiosk)) == "ok"
    program = Program(world, program_id, owner, made.new_place())
    program.configure({"check_in": {"cooldown_minutes": 0}})
    member = program.enrol()
    assert told(member) == LET_IN
    with closed(world, program_id):
        assert told(member) == ["not_found"] * 2
        assert code(program.gate(phone=world.new_phone())) == "not_found"
        enrolment = {"program_id": program_id, "phone": world.new_phone()}
        assert code(program.kiosk.post("/v1/members", enrolment)) == "not_found"
        refused = owner.get("/v1/settings")
        assert (code(refused), "closed" in refused.json()["detail"]) == ("forbidden", True)
        listed = {each["program_id"]: each for each in world.support.everything(PROGRAMS, limit=100)}
        assert listed[program_id]["closed_at"] is not None
    assert told(member) == LET_IN
    assert program.logged_about(program_id) == ["create_program", "close_program", "reopen_program"]


def test_a_closed_program_issues_no_token(world: World) -> None:
    member = world.stack.users["member"]
    with closed(world, world.stack.program_id), pytest.raises(ClientError, match="There is no such program"):
        world.sign_in(member)
    assert world.sign_in(member)["AccessToken"]


# ---------------------------------------------------------------- the command line


def redflag(world: World, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "redflag_cli.main", *arguments, "--stack", world.stack.stack_name]
    environment = os.environ | aws_environment(world.stack.endpoint_url)
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_the_first_of_the_support_are_let_in_and_out_on_the_command_line(world: World) -> None:
    email = world.new_email()
    person = world.user(world.account("staff", email))
    assert code(person.get(PROGRAMS, limit=1)) == "forbidden"
    added = redflag(world, "support", "add", "--email", email)
    assert added.returncode == 0, added.stderr
    assert code(person.get(PROGRAMS, limit=1)) == "ok"
    again = redflag(world, "support", "add", "--email", email)
    assert (again.returncode, again.stdout) == (2, "")
    assert "has access already" in again.stderr
    removed = redflag(world, "support", "remove", "--email", email)
    assert removed.stdout == added.stdout
    assert code(person.get(PROGRAMS, limit=1)) == "forbidden"
    subject = added.stdout.split()[1]
    logged = [entry for entry in world.partition("audit", PLATFORM) if entry["subject"] == subject]
    assert [(entry["action"], entry["by"]) for entry in logged] == [
        ("add_staff", "redflag support add"),
        ("remove_staff", "redflag support remove"),
    ]


def test_a_program_is_created_on_the_command_line(world: World) -> None:
    email = world.new_email()
    wanted = ["program", "create", "--name", "Corner", "--region", "us", "--owner-email", email]
    created = redflag(world, *wanted)
    assert created.returncode == 0, created.stderr
    program_id = created.stdout.split()[1]
    owner = world.user(world.account("staff", email))
    assert code(owner.get("/v1/settings")) == "ok"
    logged = [entry for entry in world.partition("audit", PLATFORM) if entry["subject"] == program_id]
    assert [(entry["action"], entry["by"]) for entry in logged] == [
        ("create_program", "redflag program create")
    ]
    again = redflag(world, *wanted)
    assert (again.returncode, "another program's console" in again.stderr) == (2, True)
