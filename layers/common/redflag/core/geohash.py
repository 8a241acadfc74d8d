"""Geohash cells (Niemeyer 2008): a position as a short base-32 name of the cell that holds it."""

_ALPHABET = "0123456789bcdefghjkmnpqrstuvwxyz"

CELL_PRECISION = 8
"""Characters of the cells in which phones count as being in one place: about 38 m by 19 m."""


def geohash(lat: float, lon: float, precision: int = CELL_PRECISION) -> str:
    """The cell of a position in degrees."""
    ranges = {"lon": [-180.0, 180.0], "lat": [-90.0, 90.0]}
    values = {"lon": lon, "lat": lat}
    number = 0
    for bit in range(precision * 5):
        axis = "lat" if bit % 2 else "lon"
        low, high = ranges[axis]
        middle = (low + high) / 2
        upper = values[axis] >= middle
        ranges[axis][0 if upper else 1] = middle
        number = number << 1 | upper
    return "".join(_ALPHABET[number >> shift & 31] for shift in range((precision - 1) * 5, -1, -5))
