"""Changing a member's points by hand, and judging the change."""

from dataclasses import replace

from redflag import wiring
from redflag.core.instants import DAY, SECOND, Instant
from redflag.core.model import Finding, PointEdit
from redflag.core.rules import point_edits
from redflag.core.setting_types import Mode
from redflag.service import configuration
from redflag.service.findings import apply_findings
from redflag.service.refusals import key_reused, not_found
from redflag.store import audit, flags, people, points, register
from redflag.store.audit import Entry
from redflag.store.database import Conflict, Write, retry_on_conflict
from redflag.store.ids import encode_instant, fingerprint
from redflag.store.register import Register

_REPEATS_KNOWN_FOR = DAY
"""How long the same Idempotency-Key is known to have changed points already."""


def edit_points(
    program_id: str,
    member_id: str,
    delta: int,
    *,
    by: str,
    reason: str,
    idempotency_key: str | None,
    now: Instant,
) -> int:
    """Change a member's points; answers the balance. Raises `Refusal` for an unknown member."""
    tail = fingerprint(member_id, idempotency_key)
    edit = PointEdit(f"e_{encode_instant(now)}{tail}", now, delta, by, reason)

    def attempt(_conflict: Conflict | None) -> int:
        database, effective = wiring.database(), configuration.settings(program_id)
        current = register.load(database, program_id, member_id)
        profile = people.get_profile(database, program_id, member_id)
        if current is None or profile is None:
            raise not_found("member")
        rule = effective.settings.rules.point_edits
        start = now - max(rule.window_days * DAY, _REPEATS_KNOWN_FOR)
        known = points.since(database, program_id, member_id, start)
        for before, balance in known:
            if before.edit_id.endswith(tail):
                if (before.delta, before.reason) != (delta, reason):
                    raise key_reused()
                return balance
        balance = profile.points + delta
        writes = [
            people.save_profile(database, replace(profile, points=balance), profile),
            points.save(database, program_id, member_id, edit, balance),
        ]
        edits = [e for e in (edit, *(e for e, _ in known)) if e.at > current.member.baseline]
        judged = rule.mode is not Mode.OFF and edit in edits
        found = point_edits.evaluate(edits, rule) if judged else None
        entry = Entry(
            action="edit_points",
            at=now,
            by=by,
            subject=member_id,
            reason=reason,
            before={"points": profile.points},
            after={"points": balance},
        )
        database.commit([*writes, *_judged(current, found, program_id, entry)])
        return balance

    return retry_on_conflict(attempt)


def _judged(current: Register, found: Finding | None, program_id: str, entry: Entry) -> list[Write]:
    """The writes of an edit. The register is always one of them, so that edits have one order."""
    database, effective = wiring.database(), configuration.settings(program_id)
    member = current.member
    if found is None or member.trusted:
        return [register.save(database, current), audit.append(database, program_id, entry)]
    if effective.settings.rules.point_edits.mode is Mode.SHADOW:
        expires_at = (entry.at + effective.settings.retention.history_days * DAY) // SECOND
        shadow = flags.record_shadow(database, program_id, member.member_id, found, expires_at)
        return [register.save(database, current), shadow, audit.append(database, program_id, entry)]
    result, writes = apply_findings(program_id, member, [found], effective, now=entry.at, entry=entry)
    return [register.save(database, replace(current, member=result.member)), *writes]
