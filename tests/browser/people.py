"""What people do on every page."""

from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer


def sign_in(page: Page, live_server: LiveServer, username: str, password: str) -> None:
    """Sign in through the form, as a person does; afterwards the page is the one that people land on."""
    page.goto(f"{live_server.url}/accounts/login/")
    page.locator("input[name=username]").fill(username)
    page.locator("input[name=password]").fill(password)
    page.locator("input[name=password]").press("Enter")
    expect(page.locator("input[name=password]")).to_have_count(0)
