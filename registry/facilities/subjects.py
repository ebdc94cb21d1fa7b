"""What a fact is said of: an operator, a facility or a building, and the `level:pk` that names it in addresses."""

from registry.facilities.fact_models import FactDefinition, FactValue, FactValueQuerySet
from registry.facilities.facts import Facts, SiteFacts
from registry.facilities.models import Building, Facility, Operator

Subject = Operator | Facility | Building
Level = FactDefinition.Level


def level_of(subject: Subject) -> FactDefinition.Level:
    match subject:
        case Operator():
            return Level.OPERATOR
        case Facility():
            return Level.FACILITY
        case Building():
            return Level.BUILDING


def subject_key(subject: Subject) -> str:
    """`building:12`."""
    return f"{level_of(subject)}:{subject.pk}"


def subjects_on_site(facility: Facility) -> tuple[Subject, ...]:
    """The facility, its buildings and its operator, in the order in which people think of them (1 query)."""
    return (facility, *facility.buildings.all(), facility.operator)


def facility_id_of(subject: Subject) -> int | None:
    """The facility that an event about the subject belongs to; none for an operator of several."""
    match subject:
        case Operator():
            return None
        case Facility():
            return subject.pk
        case Building():
            return subject.facility_id


def statements_about(subject: Subject) -> FactValueQuerySet:
    """Every value ever recorded for the subject itself."""
    return FactValue.objects.filter(**{level_of(subject).value: subject})


def own_facts(site: SiteFacts, subject: Subject) -> Facts:
    """The facts recorded for the subject itself, without those that it sees of its site."""
    match subject:
        case Operator():
            return site.operator
        case Facility():
            return site.facility
        case Building():
            return next((row.facts for row in site.buildings if row.pk == subject.pk), {})
