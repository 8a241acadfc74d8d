"""What everybody may know of a program: whom to contact, and its locations."""

import msgspec


class ContactAnswer(msgspec.Struct, kw_only=True):
    """Whom a refused member can ask."""

    phone: str | None
    email: str | None
    url: str | None


class PlaceAnswer(msgspec.Struct, kw_only=True):
    """A location, as everybody may know it. Its zone is for showing members when they can check in again."""

    location_id: str
    name: str
    time_zone: str


class PlacesAnswer(msgspec.Struct, kw_only=True):
    """Where members check in, by name."""

    locations: list[PlaceAnswer]
