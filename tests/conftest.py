"""What all levels of tests share: the same examples every time, two backends, and an eye on the log."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from xdist.remote import Producer

from local_cloud.emulator import emulator_only
from redflag import wiring
from redflag.store.database import Database
from tests import scheduling
from tests.cloud import backends
from tests.cloud.backends import Backend, remembering, using
from tests.cloud.program import Clock, Shop
from tests.cloud.watch import Watch

pytest_plugins = ["tests.e2e.fixtures"]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> scheduling.StacksApart | None:
    """Share the files among workers by what they need."""
    return scheduling.scheduler(config, log)


settings.register_profile(
    "cloud",
    derandomize=True,
    deadline=None,
    database=None,
    # The fixtures are a backend and a clock, which stay the same for all examples.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(scope="session", autouse=True)
def log_watch() -> Iterator[Watch]:
    """No line of the whole run names a person, a number or a token."""
    watch = Watch()
    logging.getLogger().addHandler(watch)
    logging.getLogger().setLevel(logging.INFO)
    logging.getLogger("redflag").setLevel(logging.DEBUG)
    # The tests' own client tells which addresses it asks.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    yield watch
    assert not watch.leaks


@pytest.fixture(scope="session")
def moto() -> Backend:
    return backends.moto()


@pytest.fixture(scope="session")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    directory: Path = tmp_path_factory.mktemp("emulator")
    with ExitStack() as stack:
        with warnings.catch_warnings():
            # Of a process that goes on while nobody holds it; it is stopped by its id.
            warnings.simplefilter("ignore", ResourceWarning)
            instance = stack.enter_context(emulator_only(directory))
        yield backends.emulator(instance.endpoint_url)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    stopped = Clock()
    monkeypatch.setattr(wiring, "now", stopped)
    return stopped


@pytest.fixture
def cloud(backend: Backend) -> Iterator[Backend]:
    """The backend that the folder's `backend` names, in use."""
    with using(backend):
        yield backend


@pytest.fixture
def database(cloud: Backend) -> Database:
    assert cloud.values
    return wiring.database()


@pytest.fixture
def shop(cloud: Backend, database: Database, clock: Clock) -> Iterator[Shop]:
    """A program, on functions that keep its configuration in memory."""
    with remembering():
        yield Shop.open(cloud, database, clock)
