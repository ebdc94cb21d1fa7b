"""Who may see and who may change what of a checklist: strangers get 404, readers who try to write 403."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from compliance.checklists.models import Item, Obligation
from registry.models import Facility, User


def seen_facility(user: User, slug: str) -> Facility:
    return get_object_or_404(Facility.objects.visible_to(user).select_related("operator"), slug=slug)


def editable_facility(user: User, slug: str) -> Facility:
    facility = seen_facility(user, slug)
    require_editor(user)
    return facility


def editable_item(user: User, pk: int) -> Item:
    item = get_object_or_404(with_subject(Item.objects.visible_to(user)), pk=pk)
    require_editor(user)
    return item


def editable_obligation(user: User, pk: int) -> Obligation:
    rows = Obligation.objects.visible_to(user).select_related("item__building__facility", "item__facility", "rule")
    obligation = get_object_or_404(rows, pk=pk)
    require_editor(user)
    return obligation


def require_editor(user: User) -> None:
    """Of those who see a facility, its managers and platform admins write; auditors read."""
    if not may_edit(user):
        raise PermissionDenied


def may_edit(user: User) -> bool:
    return user.is_manager or user.is_platform_admin


def with_subject(items: QuerySet[Item]) -> QuerySet[Item]:
    return items.select_related("topic__group", "operator", "facility__operator", "building__facility__operator")


def facility_of(item: Item, user: User, slug: str = "") -> Facility:
    """The facility that an item is looked at from; for an item of the operator the one asked for, or its first."""
    if item.building:
        return item.building.facility
    if item.facility:
        return item.facility
    own = Facility.objects.visible_to(user).filter(operator=item.operator).select_related("operator")
    chosen = own.filter(slug=slug).first() if slug else None
    facility = chosen or own.first()
    if facility is None:
        raise Facility.DoesNotExist(f"operator {item.operator_id} has no facility left")
    return facility
