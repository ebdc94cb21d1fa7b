"""The whole line on the shipped law: facts, one checklist, the dossier, a ministry's decision, a change of the law."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from compliance.demo.cast import PASSWORD
from compliance.demo.papers import paper
from registry.models import FactDefinition, RuleVersion, Topic
from tests.browser.people import enter, sign_in

SITE = "office-edge"
MANAGER = "demo-manager-edge"
FACT = "generates_designated_waste"
RULE = "env-community-noise-limit"  # of the ministry of climate and energy (mcee)
MEASURED = "measured-night_noise_dba"
PDF_MS = 300_000


@pytest.mark.usefixtures("worker")
def test_one_data_centre_goes_the_whole_way(desktop: Page, site: LiveServer, tmp_path: Path) -> None:
    sign_in(desktop, site, MANAGER, PASSWORD)
    a_missing_fact_decides_what_could_not_be_decided(desktop)
    one_answer_with_a_measured_value_and_a_document(desktop, tmp_path / "소음 측정 결과.pdf")
    pdf = a_dossier_is_drawn_up_while_one_watches(desktop, tmp_path / "dossier.pdf")
    number = it_is_submitted(desktop)
    one_ministry_asks_and_accepts(desktop, site, number)
    another_ministry_reads_but_does_not_decide(desktop, site, number)
    the_law_changes(desktop, site)
    the_answer_is_kept_and_confirmed_again(desktop, site)
    anybody_verifies(desktop, site, number, pdf)


def a_missing_fact_decides_what_could_not_be_decided(page: Page) -> None:
    page.locator(f"th a[href='/facilities/{SITE}/']").click()
    page.get_by_role("link", name="점검표 열기").click()
    undetermined = page.locator(".tile[href='?outcome=undetermined'] .tile__value")
    before = int(undetermined.inner_text())
    page.get_by_text("빠진 제원", exact=False).last.click()
    page.locator(f".missing a[href$='?missing={FACT}']").click()
    page.get_by_role("group", name=label_of(FACT)).get_by_label("예", exact=True).check()
    page.get_by_label("근거").fill("폐기물 처리계획서")
    page.get_by_role("button", name="저장", exact=True).click()
    expect(page.locator("#messages .notice--success")).to_be_visible()
    page.get_by_role("link", name="점검표", exact=True).click()
    expect(undetermined).not_to_have_text(str(before))
    open_item(page, "waste-recycling")
    expect(page.locator(".obligation__because", has_text=label_of(FACT)).first).to_contain_text("적용 이유")


def one_answer_with_a_measured_value_and_a_document(page: Page, document: Path) -> None:
    page.get_by_role("link", name="통합 점검표").last.click()
    open_item(page, "noise-vibration")
    page.locator("#answer").get_by_label("적합", exact=True).check()
    page.locator(f"#answer [name={MEASURED}]").fill("41.5")
    page.locator("#answer").get_by_label("설명").fill("부지 경계 네 곳에서 밤에 쟀습니다.")
    page.locator("#answer").get_by_role("button", name="저장").click()
    expect(page.locator(".obligation__limit .chip--compliant").first).to_be_visible()
    document.write_bytes(a_certificate())
    page.get_by_text("증빙 올리기").click()
    page.get_by_label("파일", exact=True).set_input_files(document)
    page.get_by_role("button", name="올리기").click()
    expect(page.locator(".files a")).to_have_text(document.name)


def a_dossier_is_drawn_up_while_one_watches(page: Page, target: Path) -> Path:
    page.get_by_role("link", name="보고서", exact=True).click()
    page.get_by_role("button", name="보고서 만들기").click()
    expect(page.locator("#dossier-file progress")).to_be_visible()
    page.get_by_role("link", name="PDF 내려받기").wait_for(timeout=PDF_MS)
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF 내려받기").click()
    download.value.save_as(target)
    assert target.read_bytes().startswith(b"%PDF-")
    return target


def it_is_submitted(page: Page) -> str:
    number = page.locator("h1").inner_text()
    page.get_by_role("link", name="제출하기").click()
    page.get_by_role("button", name="제출하기").click()
    expect(page.locator("tbody tr", has_text="기후에너지환경부")).to_be_visible()
    return number


def one_ministry_asks_and_accepts(page: Page, site: LiveServer, number: str) -> None:
    enter(page, site, "demo-officer-mcee")
    open_review(page, site, number)
    line = page.locator(".line", has_text="부지 경계 네 곳에서").first
    expect(line.locator(".documents")).to_contain_text("소음 측정 결과")
    line.get_by_role("link", name="지적·보완 요구").click()
    line.get_by_label("보완 요구").check()
    line.get_by_label("내용").fill("낮 시간의 측정값도 내십시오.")
    line.get_by_label("기한").fill((localdate() + timedelta(days=14)).isoformat())
    line.get_by_role("button", name="사업자에게 전하기").click()
    expect(page.locator(".finding--open")).to_contain_text("낮 시간의")
    the_manager_replies(page, site, number)
    enter(page, site, "demo-officer-mcee")
    open_review(page, site, number)
    expect(page.locator(".finding--answered")).to_contain_text("낮에는 48")
    page.get_by_role("button", name="해결로 표시").click()
    expect(page.locator(".finding--resolved")).to_be_visible()
    page.locator("#decision").get_by_label("수리", exact=True).check()
    page.locator("#decision").get_by_label("되돌릴 수 없고", exact=False).check()
    page.locator("#decision").get_by_role("button", name="결정하기").click()
    expect(page.locator(".notice--success", has_text="수리").first).to_be_visible()


def the_manager_replies(page: Page, site: LiveServer, number: str) -> None:
    enter(page, site, MANAGER)
    page.goto(f"{site.url}/dossiers/{number}/reviews/")
    page.get_by_role("link", name="기후에너지환경부").click()
    page.locator(".finding--open textarea").fill("낮에는 48 dB(A)입니다.")
    page.get_by_role("button", name="답변 보내기").click()
    expect(page.locator(".finding--answered")).to_be_visible()


def another_ministry_reads_but_does_not_decide(page: Page, site: LiveServer, number: str) -> None:
    enter(page, site, "demo-officer-nfa")
    page.goto(f"{site.url}/dossiers/{number}/reviews/")
    page.get_by_role("link", name="기후에너지환경부").click()
    expect(page.locator(".finding--resolved")).to_be_visible()
    expect(page.locator("#decision, .line__ask")).to_have_count(0)
    answer = page.request.post(f"{page.url.split('?')[0]}decide/", form={"csrfmiddlewaretoken": token_of(page)})
    assert answer.status == 403
    assert "이 일을 할 권한이 없습니다" in answer.text()


def the_law_changes(page: Page, site: LiveServer) -> None:
    """A draft of the next version, told while typing what is wrong with it, previewed and published from today."""
    version = RuleVersion.objects.get(rule__slug=RULE, status="published")
    enter(page, site, "demo-rule-admin")
    page.goto(f"{site.url}/admin/registry/ruleversion/{version.pk}/change/")
    page.get_by_role("link", name="다음 판 초안 만들기").click()
    page.get_by_role("button", name="다음 판 초안 만들기").click()
    page.locator("[name=condition]").fill("not in_industrial_complx")
    expect(page.locator(".condition__mirror mark")).to_have_text("in_industrial_complx")
    page.get_by_role("button", name="in_industrial_complex", exact=True).first.click()
    expect(page.locator(".condition__state--good")).to_be_visible()
    page.locator("[name=requirement_ko]").fill("부지 경계의 소음을 해마다 재어 한도 아래로 지킨다.")
    page.locator("input[name=_continue]").click()
    page.get_by_role("link", name="미리보기").click()
    expect(page.locator(".figure--keeps")).to_be_visible()
    page.get_by_role("link", name="공표로").click()
    page.locator("[name=effective_from]").fill(localdate().isoformat())
    page.locator(".submit-row input[type=submit]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def the_answer_is_kept_and_confirmed_again(page: Page, site: LiveServer) -> None:
    enter(page, site, MANAGER)
    page.goto(f"{site.url}/facilities/{SITE}/checklist/")
    open_item(page, "noise-vibration")
    expect(page.locator(".reconfirm ins").first).to_be_visible()
    expect(page.locator(".reconfirm")).to_contain_text("부지 경계의 소음을 해마다 재어")
    expect(page.locator("#answer").get_by_label("설명")).to_have_value("부지 경계 네 곳에서 밤에 쟀습니다.")
    page.get_by_role("button", name="답변이 그대로 맞음을 확인").click()
    expect(page.locator(".reconfirm")).to_have_count(0)
    expect(page.locator(f"#answer [name={MEASURED}]")).to_have_value("41.5")


def anybody_verifies(page: Page, site: LiveServer, number: str, pdf: Path) -> None:
    page.context.clear_cookies()
    page.goto(f"{site.url}/verify/")
    page.get_by_label("보고서 번호").fill(number)
    page.get_by_role("button", name="확인").click()
    expect(page.locator(".notice--success")).to_be_visible()
    verify_file(page, site, pdf)
    expect(page.locator(".notice--success")).to_contain_text("유효합니다")
    changed = pdf.with_name("changed.pdf")
    changed.write_bytes(pdf.read_bytes().replace(b"endobj", b"endobJ", 1))
    verify_file(page, site, changed)
    expect(page.locator(".notice--danger")).to_contain_text("유효하지 않습니다")


def verify_file(page: Page, site: LiveServer, file: Path) -> None:
    page.goto(f"{site.url}/verify/")
    page.get_by_label("PDF 파일").set_input_files(file)
    page.get_by_role("button", name="검증").click()


# --- Finding the way ----------------------------------------------------------------------------------------------


def open_item(page: Page, topic: str) -> None:
    page.locator(".item__link", has_text=Topic.objects.get(slug=topic).name_ko).first.click()
    expect(page.locator("#answer")).to_be_visible()


def open_review(page: Page, site: LiveServer, number: str) -> None:
    page.goto(f"{site.url}/reviews/")
    page.locator("tr", has_text=number).get_by_role("link").click()
    expect(page.locator("#decision")).to_be_visible()


def label_of(fact: str) -> str:
    return FactDefinition.objects.get(key=fact).label_ko


def token_of(page: Page) -> str:
    return page.locator("input[name=csrfmiddlewaretoken]").first.input_value()


def a_certificate() -> bytes:
    content: bytes = paper("소음 측정 결과", site=SITE, day=localdate(), until=None, text="밤 41.5 dB(A)").read()
    return content
