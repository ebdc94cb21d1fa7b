"""English is whole: every text is translated, the catalogue is up to date, and no page shows Korean unmarked."""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse

from compliance.models import Dossier, Item, Review
from registry.models import Facility, FactDefinition, Incentive, Rule, RuleVersion, User
from tests.catalogue import load_shipped_catalogue

ROOT = Path(__file__).parents[1]
SHIPPED = ROOT / "locale/en/LC_MESSAGES/django.po"
SOURCES = ("manage.py", "config", "registry", "compliance", "templates", "static", "locale")
HANGUL = re.compile(r"[가-힣]")
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")


# --- The catalogue of messages ---------------------------------------------------------------------------------------
@dataclass
class Message:
    """One entry of a .po file: `texts` by field (`msgid`, `msgstr[1]`, ...)."""

    flags: str = ""
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str, str]:
        return (self.texts.get("msgctxt", ""), self.texts["msgid"], self.texts.get("msgid_plural", ""))

    @property
    def english(self) -> list[str]:
        return [text for name, text in self.texts.items() if name.startswith("msgstr")]


def messages(path: Path) -> list[Message]:
    """The entries of a .po file without its header."""
    found = []
    for block in path.read_text("utf-8").split("\n\n"):
        message, name = Message(), ""
        for line in block.splitlines():
            if line.startswith("#,"):
                message.flags += line
            elif not line.startswith("#"):
                name = line.partition(" ")[0] if not line.startswith('"') else name
                message.texts[name] = message.texts.get(name, "") + ast.literal_eval(line.removeprefix(f"{name} "))
        if message.texts.get("msgid"):
            found.append(message)
    return found


def test_every_text_has_an_english_translation_that_somebody_has_seen() -> None:
    unsaid = [message.key for message in messages(SHIPPED) if "fuzzy" in message.flags or not all(message.english)]
    assert unsaid == []


def test_a_translation_fills_in_what_its_text_fills_in() -> None:
    for message in messages(SHIPPED):
        for english in message.english:
            assert sorted(PLACEHOLDER.findall(english)) == sorted(PLACEHOLDER.findall(message.texts["msgid"])), english


def test_no_translation_is_korean() -> None:
    korean = [text for message in messages(SHIPPED) for text in message.english if HANGUL.search(text)]
    assert korean == []


def test_the_catalogue_holds_exactly_the_texts_of_the_sources(tmp_path: Path) -> None:
    for name in SOURCES:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    asked = ["makemessages", "--locale", "en", "--no-location", "--no-obsolete"]
    subprocess.run([sys.executable, "manage.py", *asked], cwd=tmp_path, check=True, capture_output=True)
    collected = {message.key for message in messages(tmp_path / SHIPPED.relative_to(ROOT))}
    shipped = {message.key for message in messages(SHIPPED)}
    assert collected == shipped, "`make messages` collects other texts; translate them in locale/en"


# --- The pages -------------------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The shipped catalogue, compiled anew: a stale .mo of the work tree proves nothing."""
    compiled = tmp_path_factory.mktemp("locale") / "en/LC_MESSAGES/django.mo"
    compiled.parent.mkdir(parents=True)
    subprocess.run(["msgfmt", "--check-format", "-o", compiled, SHIPPED], check=True)
    with override_settings(LOCALE_PATHS=[compiled.parents[2]]):
        yield


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demonstration, in a transaction that is taken back at the end of this module."""
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        load_shipped_catalogue()
        call_command("load_demo", stdout=StringIO())
        yield
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


OURS = {message.texts["msgid"] for message in messages(SHIPPED)}


class Reader(HTMLParser):
    """Collects Korean that a page does not mark with lang="ko": what a screen reader would garble in English."""

    VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
    DATA = frozenset({"script", "style", "textarea"})
    SAID = ("title", "aria-label", "placeholder", "alt")

    def __init__(self) -> None:
        super().__init__()
        self.languages: list[tuple[str, bool]] = []  # open elements, and whether Korean is at home in them
        self.garbled: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        inherited = bool(self.languages) and self.languages[-1][1]
        is_free = inherited or given.get("lang") == "ko" or tag in self.DATA
        if not is_free:
            self.garbled += [given[name] for name in self.SAID if HANGUL.search(given.get(name, ""))]
        if tag not in self.VOID:
            self.languages.append((tag, is_free))

    def handle_endtag(self, tag: str) -> None:
        while self.languages and self.languages.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if not HANGUL.search(text) or self.languages[-1][1]:
            return
        # An option cannot hold a mark: there, names of buildings and files pass, texts of ours do not.
        if self.languages[-1][0] != "option" or text in OURS:
            self.garbled.append(text)


def garbled(html: str) -> list[str]:
    reader = Reader()
    reader.feed(html)
    return reader.garbled


def test_the_reader_sees_korean_in_text_and_labels_and_respects_its_mark() -> None:
    page = '<p title="점검">항목<br></p><p lang="ko">건축법 <b>제46조</b></p><p>46</p>'
    assert garbled(page) == ["점검", "항목"]


def of_the_public() -> list[str]:
    rules, incentives = Rule.objects.order_by("slug"), Incentive.objects.order_by("slug")
    return [
        *map(reverse, ("home", "login", "rule-list", "incentive-list", "act-timeline", "verify")),
        *(reverse("rule-detail", args=[rule.slug]) for rule in rules[::20]),
        *(reverse("incentive-detail", args=[incentive.slug]) for incentive in incentives[::8]),
        reverse("verify-number", args=[Dossier.objects.latest("pk").number]),
    ]


def of_the_manager() -> list[str]:
    site = Facility.objects.get(slug="ansan-colocation")
    about_the_site = (
        "facility-detail", "facility-facts", "building-add", "checklist-detail", "calendar", "evidence-list",
        "dossier-list", "facility-incentives",
    )  # fmt: skip
    numbers = Dossier.objects.filter(facility=site).values_list("number", flat=True)
    about_a_dossier = ("dossier-detail", "dossier-reviews", "dossier-submit")
    items = Item.objects.of_facility(site).active().order_by("pk")
    measured = items.filter(obligations__version__measure__isnull=False)
    groups = FactDefinition.objects.order_by("group").values_list("group", flat=True).distinct()[:4]
    return [
        *map(reverse, ("facility-list", "facility-create", "review-list", "profile", "password_change")),
        *(reverse(name, args=[site.slug]) for name in about_the_site),
        *(reverse("facility-facts", args=[site.slug]) + f"?group={group}" for group in groups),
        reverse("fact-history", args=[site.slug, "contract_power_kw"]),
        *(reverse("item-detail", args=[item.pk]) for item in {*items[::12], *measured}),
        *(reverse(name, args=[number]) for name in about_a_dossier for number in numbers),
    ]


def of_the_officer() -> list[str]:
    review = Review.objects.filter(ministry__slug="nfa").latest("pk")
    return [reverse("review-list"), *(reverse(name, args=[review.pk]) for name in ("review-detail", "finding-raise"))]


def of_the_rule_admin() -> list[str]:
    version = RuleVersion.objects.earliest("pk")
    return [reverse("admin:index"), reverse("admin:ruleversion-next", args=[version.pk])]


READERS: dict[str, Callable[[], list[str]]] = {
    "": of_the_public,
    "demo-manager-ansan": of_the_manager,
    "demo-officer-nfa": of_the_officer,
    "demo-rule-admin": of_the_rule_admin,
}


@pytest.mark.django_db
@pytest.mark.parametrize("reader", READERS)
def test_an_english_page_marks_whatever_it_says_in_korean(reader: str, english: None, demo: None) -> None:
    client = Client(headers={"Accept-Language": "en"})
    if reader:
        client.force_login(User.objects.get(username=reader))
    for address in READERS[reader]():
        response = client.get(address)
        assert response.status_code == 200, address
        assert garbled(response.content.decode()) == [], address
