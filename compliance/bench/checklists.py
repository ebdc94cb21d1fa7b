"""How fast a checklist is opened, answered and shown."""

from datetime import date

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from compliance.bench.measuring import Figure, measured, median_of
from compliance.checklists.actions import Entry, answer_item
from compliance.checklists.reconcile import open_checklist, reconcile
from compliance.models import AnswerStatus, Item, Obligation
from registry.models import Facility, User

MILLI = 1000


def checklist_figures(facility: Facility, by: User, on: date) -> list[Figure]:
    """Open, reconcile again, answer one item, show the page."""
    with measured() as opened:
        open_checklist(facility, by=by, on=on)
    items = Item.objects.of_facility(facility).active()
    obligations = Obligation.objects.of_facility(facility).active().count()
    again = median_of(3, lambda: reconcile(facility, by=by, on=on))
    answered = _answer(list(items.order_by("pk")[:10]), by)
    client = Client()
    client.force_login(by)
    address = reverse("checklist-detail", args=[facility.slug])
    client.get(address)  # templates are compiled once
    page = median_of(5, lambda: client.get(address))
    return [
        Figure(
            f"open a checklist of {obligations} obligations",
            f"{opened.seconds:.2f} s, {opened.queries} queries",
            f"reconcile unchanged {again.seconds:.2f} s, {again.queries} queries",
        ),
        answered,
        Figure(f"checklist page, {items.count()} items", f"{page.seconds * MILLI:.0f} ms, {page.queries} queries"),
    ]


def _answer(items: list[Item], by: User) -> Figure:
    waiting = iter(items)

    def answer() -> None:
        item = next(waiting)
        entry = Entry(status=AnswerStatus.COMPLIANT, note="측정")
        answer_item(item, entry, by=by, at=timezone.now(), row_version=item.row_version)

    result = median_of(len(items), answer)
    return Figure("answer one item", f"{result.seconds * MILLI:.1f} ms, {result.queries} queries")
