import pytest

from redflag.core.roles import ROLES, Role
from tests.cloud.program import Shop


@pytest.mark.parametrize("role", ["viewer", "staff", "manager", "owner"])
def test_who_is_signed_in_learns_their_role_and_program(shop: Shop, role: str) -> None:
    answer = shop.ask("GET /v1/me", by=role)
    assert (answer.status, answer.body) == (
        200,
        {
            "subject": shop.subject(role),
            "name": f"The {role}",
            "email": None,
            "role": role,
            "permissions": sorted(ROLES[Role(role)].permissions),
            "program_id": shop.program_id,
            "program_name": "Quince & Co",
        },
    )


def test_support_acts_in_no_program(shop: Shop) -> None:
    body = shop.ask("GET /v1/me", by="support").body
    assert (body["role"], body["program_id"], body["program_name"]) == ("support", None, None)
    assert body["permissions"] == ["support_platform", "use_console"]


def test_whom_nobody_has_let_in_is_forbidden(shop: Shop) -> None:
    assert shop.ask("GET /v1/me", by={"jwt": {"claims": {"sub": "stranger"}}}).code == "forbidden"
