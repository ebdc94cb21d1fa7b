"""Every main page: fits a phone, says nothing on the console, and is usable with assistive technology."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from compliance.models import Dossier, Item, Review
from registry.models import RuleVersion
from tests.browser.people import enter

CAMPUS = "/facilities/portal-sejong-campus"
AXE = settings.ILWON_ASSETS_DIR / "axe" / "axe.min.js"
GRAVE = ("serious", "critical")

# Whose page, and where it is; a callable looks the address up in the test's database.
PAGES: dict[str, tuple[str, Any]] = {
    "front page": ("", "/"),
    "sign in": ("", "/accounts/login/"),
    "rules": ("", "/rules/"),
    "rule": ("", "/rules/env-community-noise-limit/"),
    "incentives": ("", "/incentives/"),
    "special act": ("", "/act/"),
    "verification": ("", "/verify/"),
    "facilities": ("demo-manager", "/facilities/"),
    "facility": ("demo-manager", f"{CAMPUS}/"),
    "facts": ("demo-manager", f"{CAMPUS}/facts/"),
    "fact history": ("demo-manager", f"{CAMPUS}/facts/history/floors_above/"),
    "checklist": ("demo-manager", f"{CAMPUS}/checklist/"),
    "item": ("demo-manager", lambda: f"/items/{dense_item().pk}/"),
    "evidence": ("demo-manager", f"{CAMPUS}/evidence/"),
    "calendar": ("demo-manager", f"{CAMPUS}/calendar/"),
    "incentives of a facility": ("demo-manager", f"{CAMPUS}/incentives/"),
    "dossiers": ("demo-manager", f"{CAMPUS}/dossiers/"),
    "dossier": ("demo-manager", lambda: f"/dossiers/{own_dossier().number}/"),
    "submission": ("demo-manager", lambda: f"/dossiers/{own_dossier().number}/submit/"),
    "reviews": ("demo-officer-nfa", "/reviews/"),
    "review": ("demo-officer-nfa", lambda: f"/reviews/{Review.objects.get(ministry__slug='nfa').pk}/"),
    "profile": ("demo-officer-nfa", "/profile/"),
}
ADMIN_PAGES: dict[str, tuple[str, Any]] = {
    "admin": ("demo-rule-admin", "/admin/"),
    "versions in the admin": ("demo-rule-admin", "/admin/registry/ruleversion/"),
    "version in the admin": ("demo-rule-admin", lambda: f"/admin/registry/ruleversion/{any_version().pk}/change/"),
}


def dense_item() -> Item:
    """One with everything on it: answered, with evidence, with obligations to confirm again."""
    items = Item.objects.filter(building__facility__slug="portal-sejong-campus", needs_reconfirm=True)
    return items.order_by("pk")[0]


def own_dossier() -> Dossier:
    return Dossier.objects.get(facility__slug="portal-sejong-campus")


def any_version() -> RuleVersion:
    return RuleVersion.objects.filter(status="published").order_by("pk")[0]


def visit_all(page: Page, site: LiveServer, pages: dict[str, tuple[str, Any]]) -> Iterator[str]:
    """Open page after page as the person whose page it is, and give its name."""
    last = ""
    for name, (username, place) in pages.items():
        if username and username != last:
            enter(page, site, username)
        last = username
        answer = page.goto(site.url + (place() if callable(place) else place), wait_until="load")
        assert answer is not None and answer.status == 200, name
        yield name


def test_no_page_is_wider_than_a_phone(phone: Page, site: LiveServer) -> None:
    measure = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    too_wide = {name: over for name in visit_all(phone, site, PAGES) if (over := phone.evaluate(measure)) > 0}
    assert too_wide == {}


def test_no_page_hinders_assistive_technology(desktop: Page, site: LiveServer) -> None:
    found = {name: flaws for name in visit_all(desktop, site, PAGES | ADMIN_PAGES) if (flaws := grave_flaws(desktop))}
    assert found == {}


def grave_flaws(page: Page) -> list[str]:
    """What axe-core calls a serious or critical violation, with the first place where it is."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    # The search box of Django's own admin is labelled by a picture, which axe does not take for a label.
    violations = page.evaluate("async () => (await axe.run({exclude: ['#searchbar']})).violations")
    return [described(flaw) for flaw in violations if flaw["impact"] in GRAVE]


def described(flaw: dict[str, Any]) -> str:
    first = flaw["nodes"][0]
    return f"{flaw['id']} x{len(flaw['nodes'])}: {first['html'][:200]} {first['failureSummary'][:300]}"
