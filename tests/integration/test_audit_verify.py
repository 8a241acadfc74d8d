"""`redflag audit verify`: which logs it reads, what it prints, and how it ends."""

from typing import Any

import pytest
from botocore.exceptions import ClientError
from typer.testing import CliRunner, Result

from redflag.store import audit
from redflag.store.audit import FIRST_HASH, Entry
from redflag_cli import audit_log, stack
from redflag_cli.main import app
from redflag_cli.stack import NotDone
from tests.cloud.faults import failing
from tests.cloud.program import NOON, Shop

ENTRY = Entry("block", NOON, "owner", "m_1", "Shared a till.")


@pytest.fixture(autouse=True)
def entered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The stacks that were entered: here, the tables are those of the tests already."""
    names: list[str] = []
    monkeypatch.setattr(stack, "enter", names.append)
    return names


def run(*options: str) -> Result:
    return CliRunner().invoke(app, ["audit", "verify", "--stack", "redflag-dev", *options])


def write(shop: Shop, log: str, number: int) -> str:
    """Add entries to a log; answers its head as it is to be printed."""
    for _ in range(number):
        shop.database.commit([audit.append(shop.database, log, ENTRY)])
    newest = shop.partition("audit", log)[-1]
    return f"{int(newest['sk'])}:{newest['hash']}"


def change(shop: Shop, log: str, number: int, **attributes: Any) -> None:
    """Write to the table as nobody should."""
    item = shop.item("audit", {"pk": log, "sk": audit.sort_key(number)})
    assert item is not None
    shop.database.client.put_item(TableName=shop.database.tables.audit, Item=item | attributes)


def test_it_prints_the_heads_of_all_programs_and_of_the_platform(shop: Shop, entered: list[str]) -> None:
    other = Shop.open(shop.backend, shop.database, shop.clock)
    heads = {shop.program_id: write(shop, shop.program_id, 3), "PLATFORM": write(shop, "PLATFORM", 2)}
    result = run()
    assert result.exit_code == 0, result.output
    printed = dict(line.split(" ") for line in result.stdout.splitlines())
    assert printed.items() >= (heads | {other.program_id: f"0:{FIRST_HASH}"}).items()
    assert entered == ["redflag-dev"]


def test_it_reads_a_log_page_by_page(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    head = write(shop, shop.program_id, 5)
    pages = audit_log._pages
    monkeypatch.setattr(audit_log, "_pages", lambda request: pages(request | {"Limit": 2}))
    assert run("--program", shop.program_id).stdout == f"{shop.program_id} {head}\n"


def test_it_names_every_log_that_is_broken_and_prints_the_heads_of_the_others(shop: Shop) -> None:
    other = Shop.open(shop.backend, shop.database, shop.clock)
    head = write(shop, shop.program_id, 3)
    write(shop, other.program_id, 3)
    change(shop, other.program_id, 2, extra={"N": "1"})
    result = run()
    assert result.exit_code == 1
    assert f"The log of {other.program_id} is broken at entry 2: it was changed" in result.stderr
    assert f"{shop.program_id} {head}\n" in result.stdout
    assert other.program_id not in result.stdout


def test_a_head_that_was_kept_is_still_part_of_the_log_or_not(shop: Shop) -> None:
    kept = write(shop, shop.program_id, 2)
    write(shop, shop.program_id, 2)
    ours = ("--program", shop.program_id, "--since")
    assert run(*ours, kept).exit_code == 0
    for since, sentence in (
        (f"2:{'0' * 64}", "broken at entry 2, or before it"),
        (f"9:{'0' * 64}", "ends at entry 4, and the head that was kept is entry 9"),
    ):
        result = run(*ours, since)
        assert (result.exit_code, sentence in result.stderr) == (1, True)


def test_a_program_that_is_not_there_was_not_verified(shop: Shop) -> None:
    write(shop, shop.program_id, 1)
    result = run("--program", "p_nothing")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "There is no program p_nothing" in result.stderr


def test_the_log_of_a_program_that_is_gone_can_still_be_verified(shop: Shop) -> None:
    head = write(shop, "p_gone", 1)
    assert run("--program", "p_gone").stdout == f"p_gone {head}\n"


@pytest.mark.parametrize(
    "options", [("--since", f"1:{FIRST_HASH}"), ("--program", "p_1", "--since", "1:abc")]
)
def test_a_head_of_no_log_or_of_no_form_is_refused(shop: Shop, options: tuple[str, ...]) -> None:
    assert shop.program_id
    assert run(*options).exit_code == 2


def test_a_stack_that_cannot_be_entered_is_said_so(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: str) -> None:
        raise NotDone("The stack x is not one of Redflag.")

    monkeypatch.setattr(stack, "enter", refuse)
    assert shop.program_id
    result = run()
    assert (result.exit_code, "is not one of Redflag" in result.stderr) == (2, True)


def test_what_aws_refuses_to_read_was_not_verified(shop: Shop) -> None:
    with failing(shop, lambda call: call.operation == "Query", "AccessDeniedException"):
        result = run()
    assert (result.exit_code, "AWS does not let the logs be read" in result.stderr) == (2, True)
    assert not isinstance(result.exception, ClientError)
