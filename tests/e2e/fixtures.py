"""One local cloud for the whole run, end-to-end and browser tests alike, gone at the end."""

import logging
import signal
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from local_cloud.temporary import running_stack
from tests.e2e.secrecy import log_lines
from tests.e2e.world import Program, World


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The deployed stack. When all tests are done, none of its logs may show what they used."""
    # Its lines hold whole addresses, with the query that a test has typed.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    directory = tmp_path_factory.mktemp("cloud")
    with ExitStack() as running:
        running.enter_context(_interrupted_by(signal.SIGTERM, signal.SIGHUP))
        with warnings.catch_warnings():
            # Of the emulator's process, which goes on while nobody holds it; it is stopped by its id.
            warnings.simplefilter("ignore", ResourceWarning)
            stack = running.enter_context(running_stack(directory))
        world = World(stack)
        running.callback(world.close)
        yield world
        lines = log_lines(stack, directory)
    leaks = {group: shown for group, found in lines.items() if (shown := world.secrets.found_in(found))}
    assert not leaks
    read = {group.removeprefix(f"/aws/lambda/{stack.stack_name}-") for group, found in lines.items() if found}
    assert read >= {"check_in", "projector"}, "the functions' logs were not read"


@contextmanager
def _interrupted_by(*numbers: signal.Signals) -> Iterator[None]:
    """Treat these signals as a Ctrl-C, so that whoever ends the run ends the cloud with it."""
    before = {number: signal.signal(number, signal.default_int_handler) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@pytest.fixture
def program(world: World) -> Program:
    """A program with the default settings. Tests have members and places of their own in it."""
    return world.program_with({})
