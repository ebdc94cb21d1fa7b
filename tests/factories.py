"""Builders: each gives a valid row with as little as possible said; a test names only the values that matter.

Facts are those of the shipped catalogue: `make_facility(floors_above=6)` defines `floors_above` when it is not in the
database yet and records it at its own level.
"""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Any

import yaml
from django.utils import timezone

from registry.models import (
    Building,
    CatalogueRevision,
    Citation,
    Facility,
    FactDefinition,
    FactGroup,
    FactValue,
    Incentive,
    Ministry,
    Operator,
    Rule,
    RuleVersion,
    Statute,
    Topic,
    TopicGroup,
    User,
)

SHIPPED_FACTS = Path(__file__).parents[1] / "registry/catalogue/law/facts.yaml"
PASSWORD = "correct horse battery"
RECORDED = date(2020, 1, 1)

_numbers = count(1)


# --- People -------------------------------------------------------------------------------------------------------


def make_user(
    role: str = "manager",
    *,
    username: str = "",
    operator: Operator | None = None,
    ministry: Ministry | None = None,
    **fields: Any,
) -> User:
    """A user of the role, with an operator (managers) or a ministry (officers); the password is `PASSWORD`."""
    if role == User.Role.MANAGER:
        operator = operator or make_operator()
    if role == User.Role.OFFICER:
        ministry = ministry or make_ministry()
    username = username or f"{role}-{next(_numbers)}"
    return User.objects.create_user(
        username, password=PASSWORD, role=role, operator=operator, ministry=ministry, **fields
    )


# --- Subjects and facts -------------------------------------------------------------------------------------------


def make_operator(**fields: Any) -> Operator:
    number = next(_numbers)
    return Operator.objects.create(**{"slug": f"operator-{number}", "name_ko": f"사업자 {number}", **fields})


def make_facility(
    *,
    operator: Operator | None = None,
    slug: str = "",
    name_ko: str = "",
    buildings: Iterable[str] = ("본관",),
    recorded_on: date = RECORDED,
    **facts: Any,
) -> Facility:
    """A site with one building unless `buildings` names more or none; building facts go to the first building."""
    number = next(_numbers)
    facility = Facility.objects.create(
        operator=operator or make_operator(),
        slug=slug or f"facility-{number}",
        name_ko=name_ko or f"데이터센터 {number}",
    )
    for order, name in enumerate(buildings):
        Building.objects.create(facility=facility, name=name, order=order)
    record_facts(facility, recorded_on=recorded_on, **facts)
    return facility


def make_building(
    facility: Facility | None = None, *, name: str = "", recorded_on: date = RECORDED, **facts: Any
) -> Building:
    """A further building of the facility with its own facts."""
    facility = facility or make_facility(buildings=())
    order = facility.buildings.count()
    building = Building.objects.create(facility=facility, name=name or f"{order + 1}동", order=order)
    record_facts(building, recorded_on=recorded_on, **facts)
    return building


def record_facts(subject: Operator | Facility | Building, *, recorded_on: date = RECORDED, **facts: Any) -> None:
    """Record each fact at its own level, holding from `recorded_on`; None withdraws what was known."""
    FactValue.objects.bulk_create(
        FactValue(
            definition=definition,
            value=value.isoformat() if isinstance(value, date) else value,
            valid_from=recorded_on,
            recorded_at=timezone.now(),
            **{definition.level: _at_level(subject, definition.level)},
        )
        for definition, value in ((make_fact(key), value) for key, value in facts.items())
    )


def _at_level(subject: Operator | Facility | Building, level: str) -> Operator | Facility | Building | None:
    if isinstance(subject, Building) and level != FactDefinition.Level.BUILDING:
        subject = subject.facility
    if isinstance(subject, Facility) and level == FactDefinition.Level.OPERATOR:
        return subject.operator
    if isinstance(subject, Facility) and level == FactDefinition.Level.BUILDING:
        return subject.buildings.order_by("order", "pk").first()
    return subject


def make_fact(key: str) -> FactDefinition:
    """The shipped definition of a fact, with the facts that it is derived from."""
    known = FactDefinition.objects.filter(key=key).first()
    if known:
        return known
    entry = shipped_facts()[key]
    make_facts_named_in(entry.get("derived", ""))
    group, _ = FactGroup.objects.get_or_create(
        slug=entry["group"], defaults={"name_ko": entry["group"], "name_en": entry["group"]}
    )
    return FactDefinition.objects.create(
        group=group,
        minimum=entry.get("min"),
        maximum=entry.get("max"),
        order=list(shipped_facts()).index(key),
        **{name: entry[name] for name in _SHIPPED_COLUMNS if name in entry},
    )


_SHIPPED_COLUMNS = [
    "key", "level", "type", "unit", "label_ko", "label_en", "help_ko", "choices", "derived", "used_for", "aliases",
]  # fmt: skip


def make_facts_named_in(expression: str) -> None:
    """Define every shipped fact that the expression names."""
    for name in re.findall(r"[a-z_][a-z0-9_]*", expression):
        if name in shipped_facts():
            make_fact(name)


@lru_cache(maxsize=1)
def shipped_facts() -> dict[str, dict[str, Any]]:
    entries = yaml.load(SHIPPED_FACTS.read_text(), yaml.CSafeLoader)["facts"]
    return {entry["key"]: entry for entry in entries}


# --- Law ----------------------------------------------------------------------------------------------------------


def make_ministry(slug: str = "", **fields: Any) -> Ministry:
    """The ministry of that slug, made when it is not there."""
    slug = slug or f"ministry-{next(_numbers)}"
    defaults = {"name_ko": f"{slug} 부", "name_en": f"Ministry {slug}", "short_ko": slug, **fields}
    return Ministry.objects.get_or_create(slug=slug, defaults=defaults)[0]


def make_statute(title_ko: str = "건축법", kind: str = "법률", **fields: Any) -> Statute:
    """The statute of that title, made when it is not there."""
    return Statute.objects.get_or_create(title_ko=title_ko, kind=kind, defaults=fields)[0]


def make_topic(slug: str = "", *, subject: str = "building", **fields: Any) -> Topic:
    """The topic of that slug, made when it is not there."""
    slug = slug or f"topic-{next(_numbers)}"
    group, _ = TopicGroup.objects.get_or_create(slug="group", defaults={"name_ko": "분야", "name_en": "Group"})
    defaults = {
        "group": group,
        "name_ko": f"{slug} 주제",
        "name_en": f"Topic {slug}",
        "question_ko": f"{slug}을(를) 갖추었습니까?",
        "question_en": f"Is {slug} in place?",
        "subject": subject,
        **fields,
    }
    return Topic.objects.get_or_create(slug=slug, defaults=defaults)[0]


def make_rule(slug: str = "", *, topic: Topic | None = None, domain: str = "fire", **fields: Any) -> Rule:
    slug = slug or f"rule-{next(_numbers)}"
    return Rule.objects.create(slug=slug, topic=topic or make_topic(), domain=domain, **fields)


def make_version(
    rule: Rule | None = None,
    *,
    condition: str = "true",
    subject: str = "building",
    ministry: Ministry | None = None,
    status: str = "",
    articles: Iterable[str] = ("제1조",),
    **fields: Any,
) -> RuleVersion:
    """The next version of the rule: published (closed when it has an end) unless `status` says otherwise.

    The facts that the condition names are defined; each of `articles` becomes a citation of one act.
    """
    make_facts_named_in(condition)
    status = status or ("closed" if fields.get("effective_until") else "published")
    rule = rule or make_rule()
    number = fields.pop("number", rule.versions.count() + 1)
    version = RuleVersion.objects.create(
        rule=rule,
        number=number,
        condition=condition,
        subject=subject,
        ministry=ministry or make_ministry("molit"),
        **{**_version_defaults(rule, number), **fields},
    )
    for order, article in enumerate(articles):
        Citation.objects.create(version=version, order=order, statute=make_statute(), article=article)
    if status != RuleVersion.Status.DRAFT:
        version.status = status
        version.published_at = timezone.now()
        version.save()
    return version


def _version_defaults(rule: Rule, number: int) -> dict[str, Any]:
    return {
        "title_ko": f"{rule.slug} 의무",
        "title_en": f"Duty {rule.slug}",
        "binding": "mandatory",
        "obligation_kind": "install",
        "stages": ["operation"],
        "requirement_ko": f"{rule.slug}을(를) 갖추어야 한다.",
        "requirement_en": f"{rule.slug} must be in place.",
        "evidence_ko": ["완공 사진"],
        "authority_ko": "시장·군수·구청장",
        "confidence": "verified_text",
        "content_hash": f"{rule.slug}-{number}".ljust(64, "0")[:64],
    }


def make_incentive(
    slug: str = "", *, eligibility: str = "true", ministry: Ministry | None = None, **fields: Any
) -> Incentive:
    """A programme in force, whose eligibility and formulas name shipped facts."""
    slug = slug or f"incentive-{next(_numbers)}"
    formulas = (eligibility, fields.get("benefit_formula", ""), fields.get("benefit_formula_additional", ""))
    for expression in formulas:
        make_facts_named_in(expression)
    defaults = {
        "title_ko": f"{slug} 지원",
        "title_en": f"Programme {slug}",
        "kind": "subsidy",
        "recorded_status": "in_force",
        "benefit_ko": "지원한다.",
        "benefit_en": "Support.",
        "confidence": "verified_text",
    }
    ministry = ministry or make_ministry("msit")
    return Incentive.objects.create(slug=slug, eligibility=eligibility, ministry=ministry, **{**defaults, **fields})


def make_catalogue_revision(number: int = 1, **fields: Any) -> CatalogueRevision:
    defaults = {"digest": "0" * 64, "loaded_at": timezone.now()}
    return CatalogueRevision.objects.create(number=number, **{**defaults, **fields})


def load_small_catalogue() -> list[RuleVersion]:
    """Three rules of two ministries over two topics, one per subject level, and one rule that always applies."""
    fire, grid = make_topic("sprinklers"), make_topic("grid", subject="facility")
    nfa, mcee = make_ministry("nfa"), make_ministry("mcee")
    make_catalogue_revision()
    return [
        make_version(make_rule("fire-sprinkler", topic=fire), ministry=nfa, condition="floors_above >= 6"),
        make_version(make_rule("fire-inspection", topic=fire), ministry=nfa),
        make_version(
            make_rule("energy-grid", topic=grid, domain="energy"),
            ministry=mcee,
            subject="facility",
            condition="contract_power_kw >= 10000",
        ),
        make_version(
            make_rule("ict-report", topic=grid, domain="ict"),
            ministry=mcee,
            subject="operator",
            condition="is_ict_service_provider",
        ),
    ]
