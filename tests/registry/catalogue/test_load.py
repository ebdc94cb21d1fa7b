"""Loading is idempotent, adds versions and never overwrites them."""

from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.catalogue.entries import CatalogueError, Kind
from registry.catalogue.reading import read_catalogue
from registry.models import AuditEvent, CatalogueRevision, FactDefinition, Incentive, Rule, RuleVersion, Statute
from tests.registry.catalogue.small import INCENTIVES, RULES, load, rule, small_documents, version, write

pytestmark = pytest.mark.django_db


def test_a_first_load_adds_everything_and_publishes_the_rules(tmp_path: Path) -> None:
    report = load(small_documents(), tmp_path)
    assert report.added["rule_version"] == 2
    assert RuleVersion.objects.in_force(date(2026, 11, 24)).count() == 2


def test_a_second_load_changes_nothing(tmp_path: Path) -> None:
    load(small_documents(), tmp_path)
    before = list(RuleVersion.objects.values()), list(Incentive.objects.values()), AuditEvent.objects.count()
    report = load(small_documents(), tmp_path)
    assert not (report.added or report.updated or report.closed or report.is_new_revision)
    assert before == (list(RuleVersion.objects.values()), list(Incentive.objects.values()), AuditEvent.objects.count())


def test_a_second_load_takes_few_queries(tmp_path: Path) -> None:
    load(small_documents(), tmp_path)
    with CaptureQueriesContext(connection) as queries:
        load(small_documents(), tmp_path)
    assert len(queries) <= 25


def test_a_later_version_closes_the_open_one_on_its_first_day(tmp_path: Path) -> None:
    documents = small_documents()
    load(documents, tmp_path)
    documents[RULES][0]["versions"] = [version("2027-03-10", applies_when="floors_above >= 5")]
    report = load(documents, tmp_path)
    first, second = RuleVersion.objects.filter(rule__slug="fire-sprinkler").order_by("number")
    assert (first.status, first.effective_until) == ("closed", date(2027, 3, 10))
    assert (second.status, second.condition, second.effective_until) == ("published", "floors_above >= 5", None)
    assert (report.added["rule_version"], report.closed["rule_version"]) == (1, 1)


def test_a_later_version_says_what_it_changes_and_keeps_the_rest(tmp_path: Path) -> None:
    documents = small_documents()
    documents[RULES][0]["versions"] = [version("2027-03-10", recurrence=None, requirement_ko="새로 설치한다.")]
    load(documents, tmp_path)
    later = RuleVersion.objects.get(rule__slug="fire-sprinkler", number=2)
    assert (later.requirement_ko, later.recurrence, later.title_ko) == ("새로 설치한다.", None, "스프링클러")
    assert (later.note_ko, later.source) == ("바뀐 까닭", "부칙 제1조")
    assert [str(citation) for citation in later.citations.all()] == ["소방법 제1조"]


def test_a_rule_ends_with_in_force_until(tmp_path: Path) -> None:
    documents = small_documents()
    load(documents, tmp_path)
    documents[RULES][0]["in_force_until"] = "2026-12-31"
    assert load(documents, tmp_path).closed["rule_version"] == 1
    assert not RuleVersion.objects.in_force(date(2026, 12, 31)).filter(rule__slug="fire-sprinkler").exists()


def test_what_has_ended_does_not_end_on_another_day(tmp_path: Path) -> None:
    documents = small_documents()
    documents[RULES][0]["in_force_until"] = "2026-12-31"
    load(documents, tmp_path)
    documents[RULES][0]["in_force_until"] = "2027-12-31"
    with pytest.raises(CatalogueError, match="fire-sprinkler: in_force_until: .*stays closed"):
        load(documents, tmp_path)


def test_a_published_version_is_never_overwritten(tmp_path: Path) -> None:
    documents = small_documents()
    load(documents, tmp_path)
    documents[RULES][0]["applies_when"] = "floors_above >= 5"
    with pytest.raises(CatalogueError, match=r"fire-sprinkler: applies_when: .*`versions` with `effective_from`"):
        load(documents, tmp_path)
    assert RuleVersion.objects.get(rule__slug="fire-sprinkler").condition == "floors_above >= 6"


def test_a_new_rule_is_added_beside_the_old_ones(tmp_path: Path) -> None:
    documents = small_documents()
    load(documents, tmp_path)
    documents[RULES].append(rule("fire-new", "true"))
    report = load(documents, tmp_path)
    assert (report.added["rule"], report.unchanged["rule"]) == (1, 2)


def test_an_incentive_is_updated_in_place_with_what_was_before(tmp_path: Path) -> None:
    documents = small_documents()
    load(documents, tmp_path)
    documents[INCENTIVES][0]["expires_on"] = "2026-12-31"
    report = load(documents, tmp_path)
    event = AuditEvent.objects.get(verb="incentive.updated")
    assert report.updated["incentive"] == 1
    assert event.data["changed"] == {"expires_on": [None, "2026-12-31"]}


def test_a_field_that_is_left_out_later_is_emptied(tmp_path: Path) -> None:
    documents = small_documents()
    load(documents, tmp_path)
    del documents[INCENTIVES][0]["related_rule_ids"], documents[INCENTIVES][0]["benefit_formula"]
    load(documents, tmp_path)
    incentive = Incentive.objects.get()
    assert (incentive.benefit_formula, incentive.related_rules.count()) == ("", 0)


@pytest.mark.parametrize(("field", "value"), [("type", "number"), ("level", "facility")])
def test_a_fact_keeps_its_type_and_level(tmp_path: Path, field: str, value: str) -> None:
    documents = small_documents()
    documents["facts.yaml"]["facts"].append({**documents["facts.yaml"]["facts"][0], "key": "spare"})
    load(documents, tmp_path)
    documents["facts.yaml"]["facts"][-1][field] = value
    with pytest.raises(CatalogueError, match=f"facts.yaml: spare: {field}: cannot change"):
        load(documents, tmp_path)


def test_what_only_the_database_has_is_left_alone(tmp_path: Path) -> None:
    documents = small_documents()
    load(documents, tmp_path)
    del documents[RULES][1]
    assert load(documents, tmp_path).absent == {"rule": 1}
    assert Rule.objects.filter(slug="fire-report").exists()


def test_facts_stand_in_the_order_of_the_file(tmp_path: Path) -> None:
    documents = small_documents()
    load(documents, tmp_path)
    documents["facts.yaml"]["facts"].reverse()
    report = load(documents, tmp_path)
    assert [fact.key for fact in FactDefinition.objects.order_by("order")][0] == "grant_rate"
    assert not report.updated


def test_the_folder_above_the_law_will_do(tmp_path: Path) -> None:
    write(small_documents(), tmp_path / "law")
    assert len(read_catalogue(tmp_path).of(Kind.RULE)) == 2


def test_statutes_are_gathered_from_the_citations(tmp_path: Path) -> None:
    load(small_documents(), tmp_path)
    statute = Statute.objects.get()
    assert (statute.title_ko, statute.law_id, statute.file) == ("소방법", "000001", "kr/소방법/법률.md")


def test_each_load_that_changes_something_is_a_revision(tmp_path: Path) -> None:
    documents = small_documents()
    first = load(documents, tmp_path).revision
    load(documents, tmp_path)
    documents[RULES].append(rule("fire-new", "true"))
    load(documents, tmp_path)
    assert first is not None and first.number == 1
    assert [revision.number for revision in CatalogueRevision.objects.all()] == [2, 1]
