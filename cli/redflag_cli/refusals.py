"""The API's problems: in a sentence, and whether a problem is of one member or check-in alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from redflag.service.refusals import not_found

type Problem = Mapping[str, Any]
"""A problem of the API (RFC 9457), as it came."""

DECISIONS = {"too_soon", "account_blocked", "outside_business_hours", "not_found"}
"""The refusals that are answers to a check-in."""

_NO_PROGRAM = not_found("program").detail


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something was refused: the code of the problem, and a sentence."""

    code: str
    detail: str


def problem_of(response: httpx.Response) -> Problem | None:
    """The problem that an answer is; `None` when it is none of Redflag's."""
    try:
        document: dict[str, Any] = response.json()
        return {"status": response.status_code, "detail": "", "code": document["code"]} | document
    except (ValueError, KeyError, TypeError):
        return None


def in_a_sentence(problem: Problem) -> str:
    """A problem with its status, for people."""
    fields = f" {_fields(problem)}" if problem.get("errors") else ""
    return f"{problem['status']} {problem['code']}. {problem['detail']}{fields}"


def refusal(problem: Problem) -> Refusal:
    """The refusal of a member or check-in."""
    return Refusal(problem["code"], _fields(problem) or problem["detail"])


def is_its_own(problem: Problem) -> bool:
    """Whether a problem is of this member or check-in, and not of the import as such."""
    match problem["code"]:
        case "not_found":
            return bool(problem["detail"] != _NO_PROGRAM)
        case "invalid_request":
            return all(error["field"] != "program_id" for error in problem.get("errors", []))
        case code:
            return code in DECISIONS or code == "idempotency_key_reused"


def _fields(problem: Problem) -> str:
    return " ".join(f"{error['field']}: {error['message']}" for error in problem.get("errors", []))
