"""The checklist is answered without a mouse."""

from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from compliance.models import Item
from tests.browser.people import enter

PRESSES = 200


def test_an_item_is_answered_with_keys_alone(desktop: Page, site: LiveServer) -> None:
    item = Item.objects.get(facility__slug="office-edge", topic__slug="noise-vibration")
    enter(desktop, site, "demo-manager-edge")
    desktop.goto(f"{site.url}/items/{item.pk}/")
    press_tab_until(desktop, "#answer input[name=status]")
    desktop.keyboard.press("Space")
    press_tab_until(desktop, "#answer textarea[name=note]")
    desktop.keyboard.type("keyboard only")
    press_tab_until(desktop, "#answer button")
    desktop.keyboard.press("Enter")
    expect(desktop.locator("#body > .notice--success")).to_be_visible()
    item.refresh_from_db()
    assert item.answer is not None
    assert item.answer.note == "keyboard only"


def test_the_first_stop_leads_past_the_menus(desktop: Page, site: LiveServer) -> None:
    enter(desktop, site, "demo-manager-edge")
    desktop.goto(f"{site.url}/facilities/office-edge/checklist/")
    desktop.keyboard.press("Tab")
    expect(desktop.locator(".skip-link")).to_be_in_viewport()
    desktop.keyboard.press("Enter")
    expect(desktop.locator("#main")).to_be_focused()


def test_every_stop_of_the_item_page_can_be_seen(desktop: Page, site: LiveServer) -> None:
    """Focus is never on something invisible, and is marked where it is (a date marks its day, month or year)."""
    item = Item.objects.get(facility__slug="office-edge", topic__slug="noise-vibration")
    enter(desktop, site, "demo-manager-edge")
    desktop.goto(f"{site.url}/items/{item.pk}/")
    for _ in range(40):
        desktop.keyboard.press("Tab")
        unseen = desktop.evaluate(
            """() => { const at = document.activeElement, box = at.getBoundingClientRect(), look = getComputedStyle(at);
            const marked = look.outlineStyle !== "none" || look.boxShadow !== "none";
            return box.width && box.height && (marked || at.type === "date") ? "" : at.outerHTML.slice(0, 200); }"""
        )
        assert unseen == ""


def press_tab_until(page: Page, selector: str) -> None:
    for _ in range(PRESSES):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{PRESSES} presses of Tab do not lead to {selector}")
