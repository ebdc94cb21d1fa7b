"""What people do on every page."""

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from registry.models import User


def sign_in(page: Page, live_server: LiveServer, username: str, password: str) -> None:
    """Sign in through the form, as a person does; afterwards the page is the one that people land on."""
    page.goto(f"{live_server.url}/accounts/login/")
    page.locator("input[name=username]").fill(username)
    page.locator("input[name=password]").fill(password)
    page.locator("input[name=password]").press("Enter")
    expect(page.locator("input[name=password]")).to_have_count(0)


def enter(page: Page, server: LiveServer, username: str) -> None:
    """Be signed in as this person without going through the form, whoever was signed in before."""
    client = Client()
    client.force_login(User.objects.get(username=username))
    page.context.clear_cookies()
    page.context.add_cookies(
        [
            {
                "name": settings.SESSION_COOKIE_NAME,
                "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
                "url": server.url,
            }
        ]
    )
