"""Members as staff see them, gathered and shaped."""

import json
from itertools import chain
from typing import Any

from redflag import wiring
from redflag.core.instants import BEGINNING, format_instant
from redflag.http.flags.schemas import FlagView
from redflag.http.members.schemas import (
    AttemptView,
    ExportedAttemptView,
    ExportedEntryView,
    ExportView,
    MembershipView,
    MemberView,
    PointEditView,
    ProfileView,
    ShadowFindingView,
    TimelineView,
)
from redflag.service.members.directory import state_of
from redflag.service.members.personal_data import export
from redflag.service.members.profile import Page as MemberPage
from redflag.service.members.profile import page_of
from redflag.service.programs.staff_names import Names, mentioned, names_of
from redflag.store.people import Profile


def member_view(profile: Profile) -> MemberView:
    """A member who was just enrolled or found, without flags: who enrols does not see them."""
    return MemberView.of(profile, state_of(profile), show_flags=False)


def profile_view(program_id: str, member_id: str) -> ProfileView:
    """A member's own page. Raises `Refusal` when there is no such member."""
    page = page_of(program_id, member_id, now=wiring.now())
    subjects = chain(mentioned(page.flags), (event.by for event in page.timeline))
    return _shown(page, names_of(program_id, subjects))


def export_view(program_id: str, member_id: str, *, by: str) -> ExportView:
    """All that is kept about a member, for the member: staff are not named to them.

    Raises `Refusal` when there is no such member.
    """
    now = wiring.now()
    page = page_of(program_id, member_id, now=now, newest=None)
    exported = export(program_id, member_id, by=by, now=now)
    return ExportView(
        member=_shown(page, {}),
        phone=exported.phone,
        baseline=None if page.member.baseline == BEGINNING else format_instant(page.member.baseline),
        accounts=exported.accounts,
        attempts=[ExportedAttemptView.of(attempt) for attempt in exported.attempts],
        point_edits=[
            PointEditView(
                edited_at=format_instant(edit.at),
                delta=edit.delta,
                balance=balance,
                by=edit.by,
                reason=edit.reason,
            )
            for edit, balance in exported.point_edits
        ],
        shadow_findings=[
            ShadowFindingView(
                rule=found.rule,
                found_at=format_instant(found.at),
                sentence=found.sentence,
                value=found.value,
                limit=found.limit,
            )
            for found in exported.shadow_findings
        ],
        audit=[_entry(entry) for entry in exported.entries],
    )


def _entry(entry: dict[str, Any]) -> ExportedEntryView:
    before, after = (json.loads(entry[side]) if side in entry else None for side in ("before", "after"))
    return ExportedEntryView(
        at=entry["at"],
        action=entry["action"],
        by=entry["by"],
        reason=entry.get("reason"),
        before=before,
        after=after,
    )


def _shown(page: MemberPage, names: Names) -> ProfileView:
    profile, membership = page.profile, page.profile.membership
    return ProfileView(
        member_id=profile.member_id,
        name=profile.name,
        email=profile.email,
        phone_masked=profile.phone_masked,
        external_id=profile.external_id,
        access=page.member.access,
        platform_blocked=page.member.platform_blocked,
        trusted=page.member.trusted,
        red_flag=bool(page.member.open_flags),
        flags=[FlagView.of(flag, names) for flag in page.flags],
        points=profile.points,
        membership=None if membership is None else MembershipView(status=membership),
        enrolled_at=format_instant(profile.enrolled_at),
        recent_attempts=[AttemptView.of(attempt) for attempt in page.attempts],
        timeline=[
            TimelineView(at=e.at, what=e.what, by=e.by, by_name=names.get(e.by or ""), detail=e.detail)
            for e in page.timeline
        ],
    )
