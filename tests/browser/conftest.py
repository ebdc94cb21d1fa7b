"""Headless Chromium for the tests in this folder: `desktop` and `phone` are pages in a fresh browser."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from celery.contrib.testing.worker import start_worker
from celery.signals import task_postrun
from django.core.management import call_command
from django.db import connection, connections
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, ViewportSize, sync_playwright
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from config.celery import app
from tests.browser.databases import copy_of, using

# Playwright's synchronous interface runs an event loop in this thread; Django would take our queries for a mistake.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

FOLDER = Path(__file__).parent
PICTURES_OF_FAILURES = Path(__file__).resolve().parents[2] / "var" / "browser-failures"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
FAILED = pytest.StashKey[bool]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if FOLDER in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed  # type: ignore[attr-defined]
    return report


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    # Beside Playwright's event loop Django keeps other connections than without it: leave none open on either side.
    connections.close_all()
    with sync_playwright() as playwright:
        chromium = launch(playwright)
        yield chromium
        chromium.close()
        connections.close_all()


def launch(playwright: Playwright) -> Browser:
    """Start the system's Chromium, or Playwright's own where set-up had to take that."""
    on_path = shutil.which("chromium") or shutil.which("google-chrome")
    executable = on_path or playwright.chromium.executable_path
    if not Path(executable).exists():
        reason = "No Chromium on this machine: the pages are NOT tested. `make setup` installs it."
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    return playwright.chromium.launch(executable_path=on_path, headless=True, args=FLAGS)


@pytest.fixture
def desktop(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    yield from page_of(browser, {"width": 1280, "height": 900}, request.node)


@pytest.fixture
def phone(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    yield from page_of(browser, {"width": 390, "height": 844}, request.node)


def page_of(browser: Browser, size: ViewportSize, test: pytest.Item) -> Iterator[Page]:
    """A page that fails its test when a script breaks, or when the console tells of an error or a refused resource."""
    context = browser.new_context(viewport=size, locale="ko-KR", timezone_id="Asia/Seoul")
    page = context.new_page()
    page.set_default_timeout(20_000)
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text) if is_problem(message) else None)
    yield page
    if test.stash.get(FAILED, False):
        PICTURES_OF_FAILURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURES_OF_FAILURES / f"{test.name}.png", full_page=True)
    context.close()
    assert not problems


def is_problem(message: ConsoleMessage) -> bool:
    """Chromium calls every answer above 399 an error; a test that asks for one looks at the answer itself."""
    if message.text.startswith("Failed to load resource") and "/static/" not in message.location.get("url", ""):
        return False
    return message.type == "error" or "Content Security Policy" in message.text


# --- The site with its demo ---------------------------------------------------------------------------------------


@pytest.fixture(scope="package")
def demo_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The name of a database with catalogue and demo, loaded once for all tests of this folder."""
    with django_db_blocker.unblock(), copy_of(str(connection.settings_dict["NAME"])) as name:
        with using(name), messages_in_memory():
            call_command("load_catalogue", verbosity=0)
            call_command("load_demo", verbosity=0)
            app.control.purge()  # the PDFs of the demo, which nobody reads here
        yield name


@pytest.fixture
def site(demo_database: str, live_server: LiveServer) -> Iterator[LiveServer]:
    """The live server on a copy of the demo's database that belongs to this test alone."""
    with copy_of(demo_database) as name, using(name):
        yield live_server


@pytest.fixture
def worker(site: LiveServer) -> Iterator[None]:
    """A real Celery worker in a thread: pages see work in progress, as they do in service."""
    with messages_in_memory(), start_worker(app, pool="solo", perform_ping_check=False):
        task_postrun.connect(let_go_of_the_database)
        yield
        task_postrun.disconnect(let_go_of_the_database)


@contextmanager
def messages_in_memory() -> Iterator[None]:
    """Send tasks to a worker instead of running them at once; their messages do not leave this process."""
    usual = {name: app.conf[name] for name in ("task_always_eager", "broker_url", "broker_transport")}
    switch_broker(task_always_eager=False, broker_url="memory://", broker_transport="memory")
    yield
    switch_broker(**usual)


def switch_broker(**conf: object) -> None:
    """Change where messages go; connections kept from an earlier test would still lead to the broker before."""
    app.conf.update(conf)
    # Celery does this after a fork and offers no public name for it.
    vars(app)["_pool"] = vars(app.amqp)["_producer_pool"] = None


def let_go_of_the_database(**_: object) -> None:
    connections.close_all()
