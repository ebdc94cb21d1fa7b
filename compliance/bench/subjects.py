"""Synthetic sites for benchmarks: plausible, varied, reproducible, and partly unknown like real ones."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from django.utils import timezone

from registry.conditions import FactContext, FactSpec, FactType, Level, Vocabulary
from registry.facilities.facts import FactScalar
from registry.models import Building, Facility, FactDefinition, FactValue, Operator

KNOWN_SHARE = 0.6  # of all facts; the rest is unknown
AREA_SCALE = 60_000


def building_contexts(vocabulary: Vocabulary, count: int, *, seed: int = 1) -> list[FactContext]:
    """`count` buildings, each with its site's and operator's facts."""
    chance = random.Random(seed)
    return [_context(vocabulary, chance) for _ in range(count)]


def _context(vocabulary: Vocabulary, chance: random.Random) -> FactContext:
    values: dict[str, FactScalar] = {}
    own: dict[str, FactScalar] = {}
    for spec in vocabulary.values():
        if spec.derived is None and chance.random() < KNOWN_SHARE:
            values[spec.key] = value_of(spec, chance)
            if spec.level == Level.BUILDING:
                own[spec.key] = values[spec.key]
    return FactContext(values, (own,))


def value_of(spec: FactSpec, chance: random.Random) -> FactScalar:
    """A value that the fact's type allows."""
    if spec.type == FactType.BOOLEAN:
        return chance.random() < 0.5
    if spec.choices:
        return chance.choice(spec.choices).value
    if spec.type == FactType.DATE:
        return date(2010, 1, 1) + timedelta(days=chance.randrange(6000))
    if spec.type in (FactType.INTEGER, FactType.NUMBER):
        low = int(spec.minimum or 0)
        high = int(spec.maximum) if spec.maximum is not None else low + AREA_SCALE
        return chance.randint(low, high)
    return "서울"


def make_site(vocabulary: Vocabulary, *, buildings: int, on: date, seed: int = 1) -> Facility:
    """A facility in the database whose facts make most topics of every building bind or stay open."""
    chance = random.Random(seed)
    operator = Operator.objects.create(slug="bench", name_ko="측정용 사업자")
    facility = Facility.objects.create(operator=operator, slug="bench", name_ko="측정용 데이터센터")
    rows = [Building.objects.create(facility=facility, name=f"{number}동", order=number) for number in range(buildings)]
    definitions = {row.key: row for row in FactDefinition.objects.all()}
    values = []
    subjects: list[Operator | Facility | Building] = [operator, facility, *rows]
    for subject in subjects:
        values += list(_values_of(subject, vocabulary, definitions, on, chance))
    FactValue.objects.bulk_create(values)
    return facility


def _values_of(
    subject: Operator | Facility | Building,
    vocabulary: Vocabulary,
    definitions: dict[str, FactDefinition],
    on: date,
    chance: random.Random,
) -> Iterator[FactValue]:
    level = type(subject).__name__.lower()
    for spec in vocabulary.values():
        if spec.level == level and spec.derived is None and chance.random() < KNOWN_SHARE:
            value = value_of(spec, chance)
            yield FactValue(
                definition=definitions[spec.key],
                value=value.isoformat() if isinstance(value, date) else value,
                valid_from=on,
                recorded_at=timezone.now(),
                **{level: subject},
            )
