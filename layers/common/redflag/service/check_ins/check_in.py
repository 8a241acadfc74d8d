"""A member checks in.

Almost every attempt is clean, and takes two writes in sequence: the member's register and the
location's. The first carries the condition that nothing refuses the attempt and no rule can fire;
only when it does not hold is anything read, decided by the pure rules, and written once more under
the version that was read. A repeated request finds its own attempt in the register and is answered
as the first time, whether the first answer was lost or two came at once.
"""

import logging
from dataclasses import dataclass, replace
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from redflag import wiring
from redflag.core.decide import Decision, Outcome, decide, needed_history
from redflag.core.instants import DAY, SECOND, Instant, format_instant
from redflag.core.model import REGISTER_DEPTH, Attempt, CheckIn, Location, Position
from redflag.core.rules import outside_hours
from redflag.core.setting_types import Mode
from redflag.service import configuration
from redflag.service.check_ins import pairs
from redflag.service.findings import apply_findings
from redflag.service.refusals import Refusal, account_blocked, key_reused, not_found
from redflag.store import flags, history, register
from redflag.store.database import Conflict, Contention, Write, retry_on_conflict
from redflag.store.ids import body_digest, fingerprint
from redflag.store.programs import SettingsVersion
from redflag.store.register import Register
from redflag.store.slots import Details, Slot

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Request:
    """A request to check in, validated. It has `occurred_at` when the caller may and does say when it was."""

    program_id: str
    location: Location
    member_id: str
    occurred_at: Instant | None = None
    position: Position | None = None
    device_id: str | None = None
    idempotency_key: str | None = None


@dataclass(frozen=True)
class CheckedIn:
    """An accepted check-in."""

    check_in_id: str
    checked_in_at: Instant
    next_check_in_at: Instant


@dataclass(frozen=True)
class _Work:
    """One attempt with all that its writes need."""

    attempt: Attempt
    slot: Slot
    details: Details
    program_id: str
    location: Location
    effective: SettingsVersion
    now: Instant


def check_in(request: Request, *, now: Instant) -> CheckedIn:
    """Decide an attempt and write what follows. Raises `Refusal` when it is refused."""
    effective = configuration.settings(request.program_id)
    at = now if request.occurred_at is None else request.occurred_at
    key = fingerprint(request.member_id, request.idempotency_key)
    digest = body_digest(
        request.location.location_id, request.occurred_at, request.position, request.device_id
    )
    slot = Slot(at, key, digest, request.location.location_id)
    attempt = Attempt(
        slot.check_in_id,
        request.member_id,
        request.location.location_id,
        at,
        request.device_id,
        request.position,
    )
    details = Details(key, request.device_id, request.position)
    work = _Work(attempt, slot, details, request.program_id, request.location, effective, now)

    first = _first_answer(work)
    logger.info("attempt", extra=_logged(first, request.program_id))
    return _answer(first, work)


def _first_answer(work: _Work) -> Slot:
    """What became of the attempt when it was first made: now, or before."""
    if not _may_be_clean(work):
        return _decide_carefully(work, _load(work))
    try:
        stored = register.accept_clean(
            wiring.database(),
            work.program_id,
            work.attempt,
            slot=work.slot,
            details=work.details,
            settings=work.effective.settings,
        )
    except Conflict:
        stored = _load(work)
    if stored is not None:
        return _decide_carefully(work, stored)
    _arrive(work)
    return work.slot


def _may_be_clean(work: _Work) -> bool:
    rule = work.effective.settings.rules.outside_hours
    if rule.mode is Mode.OFF:
        return True
    return outside_hours.evaluate(work.attempt, work.location, rule) is None


def _load(work: _Work) -> Register:
    found = register.load(wiring.database(), work.program_id, work.attempt.member_id)
    if found is None:
        raise not_found("member")
    return found


def _decide_carefully(work: _Work, stored: Register) -> Slot:
    """Read, decide, write under the version that was read; again after a conflict."""

    def attempt(conflict: Conflict | None) -> Slot:
        current = stored if conflict is None else _load(work)
        before = current.remembers(work.slot.fingerprint) or _forgotten(work, current)
        if before is not None:
            return before
        decision = decide(
            current.member,
            work.attempt,
            work.effective.settings,
            work.location,
            _older(work, current),
        )
        slot = replace(work.slot, outcome=decision.outcome, until=decision.retry_at or decision.opens_at)
        wiring.database().commit(_writes(work, current, decision, slot))
        if decision.accepted and decision.counts:
            _arrive(work)
        return slot

    return retry_on_conflict(attempt)


def _older(work: _Work, current: Register) -> list[CheckIn]:
    cooldown = work.effective.settings.check_in.cooldown
    needed = needed_history(current.member, work.attempt.at, cooldown)
    if needed is None:
        return []
    key = register.key(work.program_id, work.attempt.member_id)["pk"]
    days = work.effective.settings.retention.history_days
    return history.accepted_between(wiring.database(), key, needed, now=work.now, days=days)


def _forgotten(work: _Work, current: Register) -> Slot | None:
    """The first answer to an event too old for the register, which only the history keeps."""
    full = len(current.accepted) == REGISTER_DEPTH
    if not full or work.attempt.at >= current.accepted[-1].at:
        return None
    key = register.key(work.program_id, work.attempt.member_id)["pk"]
    return history.find(wiring.database(), key, work.attempt.check_in_id)


def _writes(work: _Work, current: Register, decision: Decision, slot: Slot) -> list[Write]:
    database, member_id = wiring.database(), work.attempt.member_id
    result, writes = apply_findings(
        work.program_id, decision.member, decision.findings, work.effective, now=work.now
    )
    if decision.accepted and decision.counts:
        after = current.with_accepted(result.member, slot, work.details)
    elif decision.accepted:
        after = replace(current, member=result.member, details=work.details)
        days = work.effective.settings.retention.history_days
        key = register.key(work.program_id, member_id)["pk"]
        writes.append(
            history.past_attempt(database, key, slot, work.details, now=work.now, days=days, counts=False)
        )
    else:
        after = current.with_refused(result.member, slot, work.details)
    expires_at = (work.now + work.effective.settings.retention.history_days * DAY) // SECOND
    writes += [
        flags.record_shadow(database, work.program_id, member_id, finding, expires_at)
        for finding in decision.shadow
    ]
    return [register.save(database, after), *writes]


def _arrive(work: _Work) -> None:
    """Record the arrival at the place, and judge the pair. What fails here, the projector does later."""
    try:
        pairs.arrive(work.program_id, work.attempt, work.effective, now=work.now)
    except (ClientError, BotoCoreError, Contention, Refusal) as error:
        logger.warning(
            "arrival not recorded",
            extra={"check_in_id": work.attempt.check_in_id, "error": type(error).__name__},
        )


def _answer(first: Slot, work: _Work) -> CheckedIn:
    if first.digest != work.slot.digest:
        raise key_reused()
    if first.outcome is Outcome.ACCEPTED:
        cooldown = work.effective.settings.check_in.cooldown
        return CheckedIn(first.check_in_id, first.at, first.at + cooldown)
    raise _refusal(first, work)


def _refusal(first: Slot, work: _Work) -> Refusal:
    if first.outcome is Outcome.ACCOUNT_BLOCKED:
        return account_blocked(work.effective.settings.contact_us)
    if first.outcome is Outcome.OUTSIDE_BUSINESS_HOURS:
        more: dict[str, Any] = {}
        if first.until is not None:
            more["opens_at"] = format_instant(first.until)
        return Refusal(
            first.outcome, "This location is closed now. Check in during its opening hours.", **more
        )
    retry_at = first.until or work.now
    seconds = max(1, -(-(retry_at - work.now) // SECOND))
    return Refusal(
        first.outcome,
        "It is too soon for another check-in. Try again later.",
        retry_after=seconds,
        retry_at=format_instant(retry_at),
    )


def _logged(first: Slot, program_id: str) -> dict[str, str]:
    return {
        "program_id": program_id,
        "location_id": first.location_id,
        "check_in_id": first.check_in_id,
        "outcome": first.outcome.value,
    }
