"""Locations and versions of the settings, as routes answer them."""

from typing import Any

from pydantic import BaseModel

from redflag.http.documents import Coordinates, HoursException, WeeklyHours
from redflag.http.shapes import ANSWERED


class LocationView(BaseModel):
    """A location."""

    model_config = ANSWERED
    location_id: str
    name: str
    time_zone: str
    position: Coordinates | None
    hours: WeeklyHours | None
    exceptions: list[HoursException]


class SettingsVersionView(BaseModel):
    """A saved version of the settings: who saved it, when."""

    model_config = ANSWERED
    version: int
    saved_at: str | None
    saved_by: str | None
    saved_by_name: str | None
    settings: dict[str, Any]
