"""What people see who have not signed in, and in the other language."""

import re

from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.people import enter


def test_a_visitor_reads_the_rules_and_is_asked_to_sign_in_for_the_rest(desktop: Page, site: LiveServer) -> None:
    desktop.goto(site.url)
    desktop.locator("main").get_by_role("link", name="규정", exact=False).first.click()
    desktop.get_by_role("searchbox").first.fill("스프링클러")
    desktop.get_by_role("button", name="찾기").click()
    expect(desktop.locator("main")).to_contain_text("스프링클러")
    desktop.goto(f"{site.url}/facilities/")
    expect(desktop.locator("input[name=password]")).to_be_visible()


def test_a_stranger_finds_nothing_at_the_address_of_a_site(desktop: Page, site: LiveServer) -> None:
    enter(desktop, site, "demo-manager-edge")
    answer = desktop.goto(f"{site.url}/facilities/ansan-colocation/checklist/")
    assert answer is not None
    assert answer.status == 404
    expect(desktop.locator("main")).not_to_contain_text("안산")


def test_the_pages_change_to_english_and_stay_there(desktop: Page, site: LiveServer) -> None:
    enter(desktop, site, "demo-manager-edge")
    desktop.goto(f"{site.url}/facilities/office-edge/checklist/")
    desktop.get_by_role("button", name="EN", exact=True).click()
    expect(desktop.locator("html")).to_have_attribute("lang", "en")
    expect(desktop).to_have_url(f"{site.url}/facilities/office-edge/checklist/")
    expect(desktop.locator(".item__link").first).to_have_text(re.compile(r"^[\x20-\x7e]+$"))
    desktop.goto(f"{site.url}/rules/")
    expect(desktop.locator("html")).to_have_attribute("lang", "en")
