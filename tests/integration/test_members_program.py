"""Deploying the console with pages for members: of which program, and by which client they sign in."""

import deploy_console
import pytest

from redflag.core.roles import Role
from redflag.store import principals
from redflag.store.ids import new_program_id
from redflag.store.principals import Principal
from redflag_cli.stack import NotDone
from tests.cloud.program import Shop

USUAL = "the stack's own client"


def let_in(shop: Shop, subject: str, role: Role, created_at: int | None) -> None:
    client = Principal(subject, role, shop.program_id, name="A client", created_at=created_at)
    shop.database.commit([principals.save(shop.database, client)])


def test_a_program_that_is_open_can_be_named(shop: Shop) -> None:
    deploy_console.check_program(shop.program_id)


def test_a_program_that_nobody_knows_is_refused_in_a_sentence(shop: Shop) -> None:
    unknown = new_program_id()
    assert unknown != shop.program_id
    with pytest.raises(NotDone, match=f"no program {unknown} in this stack"):
        deploy_console.check_program(unknown)


def test_a_closed_program_is_refused_in_a_sentence(shop: Shop) -> None:
    shop.close()
    with pytest.raises(NotDone, match="is closed"):
        deploy_console.check_program(shop.program_id)


def test_members_sign_in_by_the_stacks_own_client_where_the_program_knows_it(shop: Shop) -> None:
    let_in(shop, "an older one", Role.APP, 1)
    let_in(shop, USUAL, Role.APP, 2)
    assert deploy_console.members_client(shop.program_id, USUAL) == USUAL


def test_otherwise_they_sign_in_by_the_programs_oldest_app_and_by_no_machine(shop: Shop) -> None:
    let_in(shop, f"kiosk-1-{shop.program_id}", Role.KIOSK, 1)
    assert deploy_console.members_client(shop.program_id, USUAL) is None
    newer, older = f"a-newer-{shop.program_id}", f"z-older-{shop.program_id}"
    let_in(shop, newer, Role.APP, 3)
    let_in(shop, older, Role.APP, 2)
    assert deploy_console.members_client(shop.program_id, USUAL) == older
