"""A campus of many buildings: hundreds of items, opened and filtered without waiting."""

import re

from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from compliance.checklists.reconcile import open_checklist
from compliance.models import Checklist, Item
from registry.models import Facility, User
from tests.browser.people import enter
from tests.factories import make_facility

AT_LEAST = 300
PATIENCE_MS = 8_000  # on a busy machine with two cores; a page that takes longer is too slow


def make_large_campus() -> Facility:
    manager = User.objects.get(username="demo-manager-edge")
    campus = make_facility(operator=manager.operator, slug="large", buildings=[f"{n}동" for n in range(1, 11)])
    open_checklist(campus, by=manager, on=timezone.localdate(), at=timezone.now())
    return campus


def test_three_hundred_items_open_and_filter(desktop: Page, site: LiveServer) -> None:
    campus = make_large_campus()
    assert Item.objects.filter(building__facility=campus).count() >= AT_LEAST
    assert Checklist.objects.filter(facility=campus).exists()
    enter(desktop, site, "demo-manager-edge")
    desktop.goto(f"{site.url}/facilities/large/checklist/", timeout=PATIENCE_MS)
    all_items = desktop.locator(".item").count()
    assert all_items >= AT_LEAST
    desktop.get_by_label("소관부처").select_option("nfa")
    expect(desktop).to_have_url(re.compile("ministry=nfa"))
    expect(desktop.locator(".item")).not_to_have_count(all_items)
    expect(desktop.locator(".item", has_not_text="소방청")).to_have_count(0)
