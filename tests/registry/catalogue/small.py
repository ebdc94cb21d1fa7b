"""A catalogue of a few entries in files, to be bent by tests."""

from pathlib import Path
from typing import Any

import yaml
from django.utils import timezone

from registry.catalogue.loading import LoadReport, load_catalogue
from registry.catalogue.reading import read_catalogue

Documents = dict[str, Any]
RULES = "rules/fire/sprinklers.yaml"
INCENTIVES = "incentives/subsidy.yaml"


def small_documents() -> Documents:
    """File name -> content: three facts, one topic, two ministries, two rules, one incentive, one act."""
    return {
        "facts.yaml": {"groups": [_group("building")], "facts": _facts()},
        "topics.yaml": {"groups": [{**_group("fire"), "order": 10}], "topics": [_topic()]},
        "ministries.yaml": [_ministry("nfa"), _ministry("molit")],
        RULES: [rule("fire-sprinkler", "floors_above >= 6"), rule("fire-report", "true")],
        INCENTIVES: [_incentive()],
        "legislation/act.yaml": _act(),
    }


def write(documents: Documents, folder: Path) -> Path:
    for name, document in documents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    return folder


def load(documents: Documents, folder: Path) -> LoadReport:
    return load_catalogue(read_catalogue(write(documents, folder)), by=None, at=timezone.now())


def rule(slug: str, applies_when: str) -> dict[str, Any]:
    return {
        "id": slug,
        "domain": "fire",
        "subject": "building",
        "title_ko": "스프링클러",
        "title_en": "Sprinklers",
        "ministry": "nfa",
        "unified_topic": "sprinklers",
        "binding": "mandatory",
        "obligation": "install",
        "stage": ["design", "operation"],
        "applies_when": applies_when,
        "requirement_ko": "설치한다.",
        "requirement_en": "Install.",
        "recurrence": {"every": "P1Y", "anchor": "use_approval_date"},
        "evidence_ko": ["완공 사진"],
        "authority_ko": "소방서",
        "basis": [
            {
                "instrument": "소방법",
                "kind": "법률",
                "law_id": "000001",
                "article": "제1조",
                "file": "kr/소방법/법률.md",
            }
        ],
        "in_force_from": "2020-01-01",
        "confidence": "verified_text",
    }


def version(effective_from: str, **changes: Any) -> dict[str, Any]:
    return {"effective_from": effective_from, "changes": changes, "note_ko": "바뀐 까닭", "source": "부칙 제1조"}


def _group(slug: str) -> dict[str, Any]:
    return {"slug": slug, "name_ko": slug, "name_en": slug}


def _facts() -> list[dict[str, Any]]:
    labels = {"label_ko": "이름", "label_en": "name", "group": "building", "level": "building"}
    return [
        {"key": "floors_above", "type": "integer", "unit": "층", "min": 0, **labels},
        {"key": "use_approval_date", "type": "date", **labels},
        {"key": "grant_rate", "type": "number", "max": 0.5, **labels, "level": "facility"},
    ]


def _topic() -> dict[str, Any]:
    names = {"name_ko": "소화", "name_en": "Suppression", "question_ko": "갖추었습니까?", "question_en": "In place?"}
    return {"slug": "sprinklers", "group": "fire", "order": 10, "subject": "building", **names}


def _ministry(slug: str) -> dict[str, Any]:
    return {"slug": slug, "name_ko": f"{slug} 부", "name_en": slug, "short_ko": slug, "since": "2017-07-26"}


def _incentive() -> dict[str, Any]:
    return {
        "id": "grant",
        "title_ko": "보조금",
        "title_en": "Grant",
        "programme_kind": "subsidy",
        "ministry": "molit",
        "subject": "facility",
        "status": "in_force",
        "eligibility": "grant_rate > 0",
        "benefit_ko": "보조한다.",
        "benefit_en": "A grant.",
        "benefit_formula": "grant_rate * 1000000",
        "application": {"authority_ko": "시청", "deadline": None},
        "related_rule_ids": ["fire-sprinkler"],
        "confidence": "verified_text",
    }


def _act() -> dict[str, Any]:
    event = {
        "stage": "promulgated",
        "body": "정부",
        "event_ko": "공포",
        "source": "관보",
        "confidence": "verified_text",
    }
    act = {
        "name_ko": "특별법",
        "name_en": "Act",
        "act_no": "법률 제1호",
        "ministry": "molit",
        "confidence": "verified_text",
    }
    return {"act": act, "timeline": [{"date": "2026-06-09", **event}]}
