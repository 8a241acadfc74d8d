import pytest

from tests.cloud.backends import Backend


@pytest.fixture
def backend(emulator: Backend) -> Backend:
    return emulator
