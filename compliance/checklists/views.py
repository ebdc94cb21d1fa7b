"""The checklist of a facility."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from compliance.checklists.access import editable_facility, may_edit, seen_facility
from compliance.checklists.filters import ItemFilterForm
from compliance.checklists.models import Checklist, Item
from compliance.checklists.pages import in_groups, item_rows, overview
from compliance.checklists.reconcile import ReconcileResult, open_checklist, reconcile
from compliance.checklists.staleness import is_stale
from registry.people.requests import SignedInRequest


@login_required
@require_GET
def checklist_detail(request: SignedInRequest, slug: str) -> HttpResponse:
    """Items with filters; brought up to date first when an editor opens it and anything has happened since."""
    facility = seen_facility(request.user, slug)
    checklist = Checklist.objects.filter(facility=facility).first()
    page: dict[str, Any] = {"facility": facility, "checklist": checklist, "may_edit": may_edit(request.user)}
    if checklist is None:
        return render(request, "checklists/detail.html", page)
    checklist.facility, on = facility, localdate()
    stale = is_stale(checklist, on)
    if stale and page["may_edit"]:
        _tell(request, reconcile(facility, by=request.user, on=on))
        checklist.refresh_from_db()
    form = ItemFilterForm(request.GET, facility=facility)
    rows = item_rows(form.narrow(Item.objects.of_facility(facility).active(), on), on)
    page |= {"form": form, "groups": in_groups(rows), "count": len(rows), "on": on}
    if request.headers.get("HX-Target") == "items":
        return render(request, "checklists/detail.html#items", page)
    page |= {"overview": overview(facility, on), "is_outdated": stale and not page["may_edit"]}
    return render(request, "checklists/detail.html", page)


@login_required
@require_POST
def checklist_open(request: SignedInRequest, slug: str) -> HttpResponse:
    facility = editable_facility(request.user, slug)
    open_checklist(facility, by=request.user, on=localdate(), at=now())
    messages.success(request, _("통합 점검표를 열었습니다. 적용되는 의무와 아직 판단할 수 없는 의무를 모았습니다."))
    return redirect("checklist-detail", facility.slug)


@login_required
@require_POST
def checklist_reconcile(request: SignedInRequest, slug: str) -> HttpResponse:
    """Bring the checklist up to date at once, for those who do not want to wait for a reason."""
    facility = editable_facility(request.user, slug)
    if not Checklist.objects.filter(facility=facility).exists():
        return redirect("checklist-detail", facility.slug)
    result = reconcile(facility, by=request.user, on=localdate())
    _tell(request, result)
    if not result.changed_anything:
        messages.info(request, _("점검표는 이미 최신입니다."))
    return redirect("checklist-detail", facility.slug)


def _tell(request: SignedInRequest, result: ReconcileResult) -> None:
    """Say what changed beneath the manager's feet; a moved due date alone is not worth a message."""
    parts = [
        (result.added + result.returned, _("새로 생긴 의무 {n}건")),
        (result.ended, _("끝난 의무 {n}건")),
        (result.changed, _("내용이나 판단이 바뀐 의무 {n}건")),
        (result.reconfirm, _("다시 확인할 의무 {n}건")),
    ]
    said = ", ".join(text.format(n=n) for n, text in parts if n)
    if said:
        messages.info(request, _("제원·법령·날짜의 변화를 점검표에 반영했습니다: {changes}.").format(changes=said))
