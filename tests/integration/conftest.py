import pytest

from tests.cloud.backends import Backend


@pytest.fixture
def backend(moto: Backend) -> Backend:
    return moto
