"""Erasing a member who uses the app, on the deployed stack."""

from tests.e2e.world import World, code, eventually

OWN_ID = "own-id-77341"


def test_an_erased_member_is_let_in_no_longer_and_named_nowhere(world: World) -> None:
    program = world.program()
    made = program.owner.post("/v1/app-clients", {"name": "Our app", "kind": "app"}).json()
    world.cognito.update_user_pool_client(
        UserPoolId=world.stack.app.pool_id,
        ClientId=made["client_id"],
        ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    )
    name, email = world.new_name(), world.new_email()
    phone = world.new_phone()
    enrolment = {"phone": phone, "name": name, "email": email, "external_id": OWN_ID}
    path = f"/v1/members/{program.owner.post('/v1/members', enrolment).json()['member_id']}"
    user = world.account("app", phone)
    token = world.caller(world.sign_in(user, made["client_id"])["AccessToken"])
    body = {
        "program_id": program.program_id,
        "location_id": program.place,
        "member": {"phone": phone},
    }
    assert code(token.post("/v1/check-ins", body)) == "ok"
    assert eventually(lambda: program.owner.get(path).json()["recent_attempts"], wanted=bool)
    exported = program.owner.get(f"{path}/export").json()
    assert (exported["accounts"], len(exported["attempts"])) == ([user.subject], 1)

    assert program.owner.delete(path, reason="Asked to.").status_code == 204
    assert code(token.post("/v1/check-ins", body)) == "forbidden"
    assert code(program.owner.get(path)) == "not_found"
    words = (name.split()[1], email, phone, phone[2:], OWN_ID, user.subject)

    def named() -> set[str]:
        kept = [
            *(str(item) for table in ("members", "places", "history") for item in world.scan(table, "p_")),
            *(str(item) for item in world.partition("audit", program.program_id)),
            *(str(item) for item in world.scan("programs", "PRINCIPAL#app#")),
        ]
        return {word for word in words for text in kept if word.casefold() in text.casefold()}

    assert eventually(named, wanted=lambda left: not left) == set()
