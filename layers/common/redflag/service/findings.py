"""From findings to writes: the flags they raise or add to, a suspension, and its audit entry.

Every path that finds something (a check-in, a pair, a change of points, a person) ends here, so
that the flag, the register that lists it and the audit entry are written in one transaction.
"""

from collections.abc import Sequence
from dataclasses import replace

from redflag import wiring
from redflag.core import flags as core_flags
from redflag.core.flags import Applied, flag_id_for
from redflag.core.instants import Instant
from redflag.core.model import Finding, Member
from redflag.store import audit, flags
from redflag.store.audit import Entry
from redflag.store.database import Write
from redflag.store.programs import SettingsVersion

SYSTEM = "redflag"
"""The name in the audit log under which members are suspended automatically."""


def apply_findings(
    program_id: str,
    member: Member,
    findings: Sequence[Finding],
    effective: SettingsVersion,
    *,
    now: Instant,
    entry: Entry | None = None,
) -> tuple[Applied, list[Write]]:
    """Apply findings to a member as read; the register itself is the caller's to write.

    `entry` is a further audit entry of the caller: the entries of one transaction are numbered together.
    A trigger whose flag was already decided on raises no second flag.
    """
    database = wiring.database()
    open_flags = {
        finding.rule: flag
        for finding in findings
        if finding.rule in member.open_flags
        and (flag := flags.get(database, program_id, member.open_flags[finding.rule]))
    }
    new = [
        finding
        for finding in findings
        if finding.rule in open_flags
        or not flags.get(database, program_id, flag_id_for(member.member_id, finding))
    ]
    result = core_flags.apply_findings(member, open_flags, new, effective.settings, effective.version)
    learned = [flag if flag.rule in open_flags else replace(flag, recorded_at=now) for flag in result.flags]
    writes = [flags.save(database, program_id, flag, open_flags.get(flag.rule)) for flag in learned]
    entries = [] if entry is None else [entry]
    if result.suspends(member):
        suspension = Entry(
            action="suspend",
            at=now,
            by=SYSTEM,
            subject=member.member_id,
            reason="; ".join(finding.sentence for finding in findings),
            before={"access": member.access},
            after={"access": result.member.access},
        )
        entries.append(suspension)
    if entries:
        writes += audit.append_all(database, program_id, entries)
    return result, writes
