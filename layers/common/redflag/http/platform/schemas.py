"""What the routes of the platform's support take and answer."""

from typing import Annotated

from phonenumbers import SUPPORTED_REGIONS
from pydantic import AfterValidator, BaseModel, Field

from redflag.core.instants import format_instant
from redflag.http import fields
from redflag.http.schemas import ANSWERED, TAKEN, Email, Id, Reason, Text, shown
from redflag.service.programs.staff_names import Names
from redflag.store.platform_blocks import Block
from redflag.store.programs import Program


def _region(value: str) -> str:
    """A region whose local phone numbers can be read."""
    if value not in SUPPORTED_REGIONS:
        raise ValueError("This is no region with phone numbers. Give one such as US or DE.")
    return value


Number = Annotated[str, Field(min_length=1, max_length=32), AfterValidator(fields.text)]


class OwnerBody(BaseModel):
    """Who owns a new program. `subject` names a person of another identity provider."""

    model_config = TAKEN
    email: Email
    name: Text | None = None
    subject: Id | None = None


class ProgramBody(BaseModel):
    """A new program; `region` (ISO 3166) reads its local phone numbers."""

    model_config = TAKEN
    name: Text
    region: Annotated[str, AfterValidator(_region)]
    owner: OwnerBody


class BlockBody(BaseModel):
    """A number to block in every program, in E.164, and why."""

    model_config = TAKEN
    phone: Number
    reason: Reason


class LiftBody(BaseModel):
    """Which block to lift, by its number or its id, and why."""

    model_config = TAKEN
    phone: Number | None = None
    block_id: Id | None = None
    reason: Reason


class ProgramView(BaseModel):
    """A program. A closed one keeps everything and serves nobody."""

    model_config = ANSWERED
    program_id: str
    name: str
    region: str
    created_at: str | None
    closed_at: str | None

    @classmethod
    def of(cls, program: Program) -> "ProgramView":
        """A program as the API shows it."""
        return cls(
            program_id=program.program_id,
            name=program.name,
            region=program.region,
            created_at=shown(program.created_at),
            closed_at=shown(program.closed_at),
        )


class BlockView(BaseModel):
    """A block of a number in every program; of the number, the last digits are shown."""

    model_config = ANSWERED
    block_id: str
    phone_masked: str
    reason: str
    blocked_at: str
    blocked_by: str
    blocked_by_name: str | None

    @classmethod
    def of(cls, block: Block, names: Names) -> "BlockView":
        """A block as the API shows it, with the names of support's people."""
        return cls(
            block_id=block.block_id,
            phone_masked=block.phone_masked,
            reason=block.reason,
            blocked_at=format_instant(block.blocked_at),
            blocked_by=block.blocked_by,
            blocked_by_name=names.get(block.blocked_by),
        )
