"""Browser windows at the console, and what must not happen in any of them."""

import json
import time
from collections.abc import Callable
from contextlib import ExitStack
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize

from local_cloud.stack import User
from tests.e2e.world import World

type SignIn = Callable[..., Page]
"""Opens a window of somebody who is signed in, at a page: `sign_in(user, "/path")`."""

type Kept = dict[str, str]
"""The session storage of a tab after signing in, by username."""

PATIENCE = 10_000
"""Milliseconds until what is looked for must be there."""
_RECENT = 40
_SIZE: ViewportSize = {"width": 1440, "height": 900}
_PUT = """
const [origin, kept] = %s;
if (location.origin === origin && sessionStorage.length === 0)
  for (const [key, value] of Object.entries(JSON.parse(kept))) sessionStorage.setItem(key, value);
"""


class Windows:
    """The windows of one test."""

    def __init__(self, browser: Browser, world: World, opened: ExitStack, kept: Kept) -> None:
        self._browser, self._world, self._opened, self._kept = browser, world, opened, kept
        self._stack = stack = world.stack
        self._allowed: set[str] = set()
        self.ours = {urlsplit(stack.console_url).netloc, urlsplit(stack.endpoint_url).netloc}
        self.asked: set[str] = set()
        self.failures: list[str] = []
        self._pages: list[Page] = []
        self._answers: list[str] = []

    def open(self, path: str, prepare: Callable[[Page], object] = lambda _: None) -> Page:
        """A window at a page; `prepare` does with it what comes first."""
        page = self._new()
        page.on("console", self._listen)
        prepare(page)
        page.goto(f"{self._stack.console_url}{path}")
        return page

    def sign_in(self, user: User, path: str = "/") -> Page:
        """A window of somebody who has signed in to the console before, in the same tab."""
        if user.username not in self._kept:
            self._kept[user.username] = self._signed_in(user)
        script = _PUT % json.dumps([self._stack.console_url, self._kept[user.username]])
        return self.open(path, lambda page: page.add_init_script(script))

    def sign_in_by_the_pages(self, user: User, path: str = "/") -> Page:
        """A window of somebody at the console who has come by the pool's own pages."""
        page = self._new()
        page.goto(f"{self._stack.console_url}{path}")
        page.get_by_label("Username").fill(user.username)
        page.get_by_label("Password").fill(user.password)
        # From here on: the emulator's own page lacks an icon, which is logged.
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"{self._stack.console_url}/**")
        page.on("console", self._listen)
        page.locator("#top").wait_for()
        return page

    def allow(self, status: int) -> None:
        """Let the API refuse something with this status, which browsers log."""
        self._allowed.add(f"the server responded with a status of {status} ")

    def allow_no_answer(self) -> None:
        """Let requests get no answer, which browsers log."""
        self._allowed.add("net::ERR_")

    def described(self) -> str:
        """What the windows show now, and what they were answered last: for whoever looks into a failure."""
        shown = [f"{page.url}\n{page.locator('body').inner_text()}" for page in self._pages]
        return "\n\n".join([*shown, *self.failures, "\n".join(self._answers[-_RECENT:])])

    def _signed_in(self, user: User) -> str:
        """What signing in by the pages leaves in a tab: those take longer than most tests."""
        tokens, pool = self._world.sign_in(user), self._stack.staff
        session = {
            "access_token": tokens["AccessToken"],
            "id_token": tokens["IdToken"],
            "refresh_token": tokens["RefreshToken"],
            "token_type": "Bearer",
            "scope": "openid email profile",
            "profile": {"sub": user.subject},
            "expires_at": int(time.time()) + int(tokens["ExpiresIn"]),
        }
        return json.dumps({f"oidc.user:{pool.issuer}:{pool.client_id}": json.dumps(session)})

    def _new(self) -> Page:
        context = self._opened.enter_context(
            self._browser.new_context(viewport=_SIZE, reduced_motion="reduce")
        )
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("request", lambda request: self.asked.add(urlsplit(request.url).netloc))
        page.on(
            "response",
            lambda answer: self._answers.append(f"{answer.status} {answer.request.method} {answer.url}"),
        )
        page.on("requestfailed", lambda request: self._answers.append(f"{request.failure} {request.url}"))
        page.on("pageerror", lambda error: self.failures.append(str(error)))
        self._pages.append(page)
        return page

    def _listen(self, said: ConsoleMessage) -> None:
        if said.type in {"error", "warning"} and not any(part in said.text for part in self._allowed):
            self.failures.append(said.text)
