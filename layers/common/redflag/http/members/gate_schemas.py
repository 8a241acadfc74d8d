"""What the login gate takes and answers."""

from typing import Annotated

import msgspec

from redflag.http.check_ins.schemas import Id


class LoginGateBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Whose login to allow or refuse: by phone or by member id; one of the two."""

    program_id: Id
    phone: Annotated[str, msgspec.Meta(min_length=1, max_length=32)] | None = None
    member_id: Id | None = None


class LoginGateAnswer(msgspec.Struct, kw_only=True):
    """The member may log in."""

    allowed: bool = True
