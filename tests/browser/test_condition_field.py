"""The condition field of the admin answers while one types, and can be used without a mouse."""

from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.people import sign_in
from tests.factories import PASSWORD, make_fact, make_user, make_version


def open_draft(page: Page, server: LiveServer, *, subject: str = "building") -> None:
    make_user("rule_admin", username="ruler")
    for key in ("floors_above", "floors_below", "ownership"):
        make_fact(key)
    draft = make_version(status="draft", subject=subject)
    sign_in(page, server, "ruler", PASSWORD)
    page.goto(f"{server.url}/admin/registry/ruleversion/{draft.pk}/change/")


def test_an_error_is_marked_where_it_is_and_one_press_mends_it(desktop: Page, live_server: LiveServer) -> None:
    open_draft(desktop, live_server)

    desktop.fill("[name=condition]", "floor_above >= 6")

    expect(desktop.locator(".condition__mirror mark")).to_have_text("floor_above")
    desktop.get_by_role("button", name="floors_above", exact=True).first.press("Enter")
    expect(desktop.locator("[name=condition]")).to_have_value("floors_above >= 6")
    expect(desktop.locator(".condition__state")).to_contain_text("≥ 6")


def test_a_fact_is_found_by_its_label_and_put_in_by_keys_alone(desktop: Page, live_server: LiveServer) -> None:
    open_draft(desktop, live_server)
    desktop.fill("[name=condition]", "")

    desktop.locator(".condition__facts summary").press("Enter")
    desktop.locator(".condition__search").press_sequentially("지하 층수")
    desktop.locator(".condition__search").press("Enter")

    expect(desktop.locator("[name=condition]")).to_have_value("floors_below")
    expect(desktop.locator("[name=condition]")).to_be_focused()


def test_a_facility_rule_reaches_building_facts_through_an_aggregate(desktop: Page, live_server: LiveServer) -> None:
    open_draft(desktop, live_server, subject="facility")
    desktop.fill("[name=condition]", "")

    desktop.locator(".condition__facts summary").click()
    desktop.locator("[data-key=floors_above].condition__insert").click()

    expect(desktop.locator("[name=condition]")).to_have_value("sum_of(floors_above)")


def test_a_choice_is_put_in_as_a_comparison(desktop: Page, live_server: LiveServer) -> None:
    open_draft(desktop, live_server, subject="facility")
    desktop.fill("[name=condition]", "")

    desktop.locator(".condition__facts summary").click()
    desktop.locator("[data-key=ownership][data-value=owned]").click()

    expect(desktop.locator("[name=condition]")).to_have_value("ownership == 'owned'")
