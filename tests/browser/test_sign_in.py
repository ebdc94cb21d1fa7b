"""The door."""

from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.people import sign_in
from tests.factories import PASSWORD, make_user


def test_a_manager_signs_in_and_out(desktop: Page, live_server: LiveServer) -> None:
    make_user("manager", username="kim")
    sign_in(desktop, live_server, "kim", PASSWORD)
    desktop.context.clear_cookies()
    desktop.goto(f"{live_server.url}/accounts/login/")
    expect(desktop.locator("input[name=password]")).to_be_visible()


def test_a_wrong_password_is_said_to_be_wrong(phone: Page, live_server: LiveServer) -> None:
    make_user("manager", username="kim")
    phone.goto(f"{live_server.url}/accounts/login/")
    phone.locator("input[name=username]").fill("kim")
    phone.locator("input[name=password]").fill("not it")
    phone.locator("input[name=password]").press("Enter")
    expect(phone.get_by_role("alert").first).to_be_visible()
