"""The store's tests run on both backends."""

import pytest

from tests.cloud.backends import Backend


@pytest.fixture(scope="session", params=["moto", "emulator"])
def backend(request: pytest.FixtureRequest) -> Backend:
    found: Backend = request.getfixturevalue(request.param)
    return found
