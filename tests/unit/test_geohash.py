import pytest
from hypothesis import given
from hypothesis import strategies as st

from redflag.core.geohash import CELL_PRECISION, geohash

ALPHABET = "0123456789bcdefghjkmnpqrstuvwxyz"
LATITUDES, LONGITUDES = st.floats(-90, 90), st.floats(-180, 180)


@pytest.mark.parametrize(
    ("lat", "lon", "cell"),
    [
        pytest.param(57.64911, 10.40744, "u4pruydqqvj", id="Skagen"),
        pytest.param(42.6, -5.6, "ezs42", id="Leon"),
        pytest.param(48.669, -4.329, "gbsuv", id="Brittany"),
        pytest.param(-25.382708, -49.265506, "6gkzwgjz", id="Curitiba"),
        pytest.param(37.8324, 112.5584, "ww8p1r4t8", id="Taiyuan"),
        pytest.param(0.0, 0.0, "s0000000", id="where equator and meridian meet"),
        pytest.param(-90.0, -180.0, "00000000", id="the lowest corner"),
        pytest.param(90.0, 180.0, "zzzzzzzz", id="the highest corner"),
    ],
)
def test_known_positions_have_their_known_cells(lat: float, lon: float, cell: str) -> None:
    assert geohash(lat, lon, len(cell)) == cell


def test_cells_have_precision_8_unless_told() -> None:
    assert geohash(57.64911, 10.40744) == "u4pruydq"
    assert CELL_PRECISION == 8


@given(LATITUDES, LONGITUDES, st.integers(1, 12))
def test_a_longer_cell_lies_in_the_shorter(lat: float, lon: float, precision: int) -> None:
    assert geohash(lat, lon, 12).startswith(geohash(lat, lon, precision))


@given(LATITUDES, LONGITUDES)
def test_the_cell_holds_the_position(lat: float, lon: float) -> None:
    bits = "".join(f"{ALPHABET.index(letter):05b}" for letter in geohash(lat, lon))
    for value, axis, limit in ((lon, bits[0::2], 180), (lat, bits[1::2], 90)):
        size = 2 * limit / 2 ** len(axis)
        low = int(axis, 2) * size - limit
        assert low <= value < low + size or value == limit == low + size
