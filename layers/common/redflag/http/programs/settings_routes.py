"""A program's settings: the effective ones, changes, saved versions, and previews of others."""

import json
import re
from typing import Annotated, Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Header

from redflag import wiring
from redflag.core.roles import Permission
from redflag.core.settings import Settings
from redflag.http import cursors
from redflag.http.paging import DEFAULT_LIMIT, Cursor, Limit, Page
from redflag.http.problems import etag
from redflag.http.programs.preview_schemas import SettingsPreview
from redflag.http.programs.settings_schemas import SettingsDocument, SettingsVersionView
from redflag.http.schemas import shown
from redflag.http.staff_resolver import allowed, answered, new_router
from redflag.service.programs import preview
from redflag.service.programs import settings as service
from redflag.service.programs.staff_names import Names, names_of
from redflag.service.refusals import not_found
from redflag.store.principals import Principal
from redflag.store.programs import SettingsVersion

router = new_router()

Reader = Annotated[Principal, allowed(Permission.READ)]
Owner = Annotated[Principal, allowed(Permission.CONFIGURE)]

_NUMBER = re.compile(r"0|[1-9][0-9]{0,5}")
_TAG = re.compile(r'"(0|[1-9][0-9]*)"', re.ASCII)


@router.get("/v1/settings", tags=["Settings"])
def get_settings(principal: Reader) -> Response[SettingsDocument]:
    """The effective settings, and their version as `ETag`."""
    return _answer(service.effective(principal.program_id))


@router.put("/v1/settings", tags=["Settings"])
def put_settings(
    body: SettingsDocument,
    principal: Owner,
    if_match: Annotated[str | None, Header(alias="if-match", max_length=32)] = None,
) -> Response[SettingsDocument]:
    """Replace the settings. With `If-Match`, only while that version is effective."""
    settings = Settings.from_document(body.model_dump())
    saved = service.change_settings(
        principal.program_id, settings, _expected(if_match), by=principal.subject, now=wiring.now()
    )
    return _answer(saved)


@router.post("/v1/settings/preview", tags=["Settings"])
def preview_settings(body: SettingsDocument, principal: Owner) -> SettingsPreview:
    """What these settings would have done with the last weeks' check-ins. Nothing is saved."""
    proposed = Settings.from_document(body.model_dump())
    return SettingsPreview.of(preview.look(principal.program_id, proposed, now=wiring.now()))


@router.get("/v1/settings/history/<version>", tags=["Settings"])
def get_version(version: str, principal: Reader) -> SettingsVersionView:
    """One version, as it was saved: a flag names the one by which it was raised. 0 are the defaults."""
    program_id = principal.program_id
    if not _NUMBER.fullmatch(version):
        raise not_found("version")
    found = service.saved_version(program_id, int(version))
    return _version(found, names_of(program_id, [found.saved_by]))


@router.get("/v1/settings/history", tags=["Settings"])
def list_versions(
    principal: Reader, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> Page[SettingsVersionView]:
    """Every version that was saved, newest first."""
    program_id = principal.program_id
    before = cursors.read(cursor, program_id, "settings")
    found = service.history(program_id, before=int(before) if before else None, limit=limit)
    names = names_of(program_id, (version.saved_by for version in found))
    last = str(found[-1].version) if len(found) == limit and found[-1].version > 1 else None
    return Page(
        items=[_version(version, names) for version in found],
        next_cursor=cursors.issue(last, program_id, "settings"),
    )


def _expected(if_match: str | None) -> int | None:
    """The version that a caller expects to replace; none is any. A tag that is no version matches none."""
    if if_match in (None, "*"):
        return None
    tag = _TAG.fullmatch(if_match or "")
    return int(tag[1]) if tag else -1


def _version(version: SettingsVersion, names: Names) -> SettingsVersionView:
    return SettingsVersionView(
        version=version.version,
        saved_at=shown(version.saved_at),
        saved_by=version.saved_by,
        saved_by_name=names.get(version.saved_by or ""),
        settings=version.settings.to_document(),
    )


def _answer(version: SettingsVersion) -> Response[Any]:
    body = SettingsDocument.model_validate_json(json.dumps(version.settings.to_document()))
    return answered(body, headers={"ETag": etag(version.version)})
