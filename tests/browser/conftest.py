"""Headless Chromium for the tests in this folder: `desktop` and `phone` are pages in a fresh browser."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, ViewportSize, sync_playwright

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
    with sync_playwright() as playwright:
        chromium = launch(playwright)
        yield chromium
        chromium.close()


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
    """A page that fails its test when a script breaks or the content security policy stops something."""
    context = browser.new_context(viewport=size, locale="ko-KR", timezone_id="Asia/Seoul")
    page = context.new_page()
    page.set_default_timeout(15_000)
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text) if is_refusal(message.text) else None)
    yield page
    if test.stash.get(FAILED, False):
        PICTURES_OF_FAILURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURES_OF_FAILURES / f"{test.name}.png", full_page=True)
    context.close()
    assert not problems


def is_refusal(text: str) -> bool:
    return "Content Security Policy" in text
