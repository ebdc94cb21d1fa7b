"""Pages where facts are entered and their history is read."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from registry.facilities.actions import FactConflict
from registry.facilities.fact_desk import FactDesk, FactSheet, open_desk, outlived
from registry.facilities.fact_models import FactDefinition, FactValue
from registry.facilities.histories import histories_of
from registry.facilities.models import Facility, FacilityQuerySet
from registry.facilities.sections import section_after
from registry.language import in_language
from registry.people.requests import SignedInRequest


def sites_of(request: SignedInRequest) -> FacilityQuerySet:
    """The sites that the user may see, with all that fact pages need of them."""
    return Facility.objects.visible_to(request.user).select_related("operator").prefetch_related("buildings")


@login_required
@require_http_methods(["GET", "POST"])
def facility_facts(request: SignedInRequest, slug: str) -> HttpResponse:
    """Forms for one theme of one subject, or for the facts that `?missing=` names."""
    facility = get_object_or_404(sites_of(request), slug=slug)
    may_edit = Facility.objects.editable_by(request.user).filter(pk=facility.pk).exists()
    desk = open_desk(facility, localdate())
    missing = [key for key in request.GET.get("missing", "").split(",") if key]
    section, subject = request.GET.get("section", ""), request.GET.get("subject", "")
    sections = desk.sections(missing=missing, section=section, subject=subject)
    if section and not sections:
        raise Http404
    posted = request.POST.get("for") if request.method == "POST" else None
    sheets = [desk.sheet(row, request.POST if row.subject_key == posted else None) for row in sections]
    if posted is not None:
        if not may_edit:
            raise PermissionDenied
        answer = _save(request, desk, sheets, posted)
        if answer:
            return answer
    page = {"facility": facility, "desk": desk, "sheets": sheets, "missing": missing, "may_edit": may_edit}
    return render(request, "facilities/facts.html", page)


def _save(request: SignedInRequest, desk: FactDesk, sheets: list[FactSheet], posted: str) -> HttpResponse | None:
    """Record the posted section and go on; None when its form has something to say first."""
    place = next((number for number, sheet in enumerate(sheets) if sheet.section.subject_key == posted), None)
    if place is None:
        raise Http404
    sheet = sheets[place]
    if not sheet.form.is_valid():
        return None
    try:
        rows = desk.save(sheet, by=request.user)
    except FactConflict:
        sheets[place] = desk.after_conflict(sheet, request.POST)
        return None
    _tell(request, rows)
    following = section_after(desk.menu, sheet.section) if "next" in request.POST else None
    if following is None:
        return redirect(request.get_full_path())
    address = reverse("facility-facts", args=[desk.facility.slug])
    return redirect(f"{address}?{urlencode({'section': following.key})}")


def _tell(request: SignedInRequest, rows: list[FactValue]) -> None:
    if not rows:
        messages.info(request, _("바뀐 값이 없어 기록하지 않았습니다."))
        return
    recorded = {"count": len(rows), "day": rows[0].valid_from.isoformat()}
    messages.success(request, _("제원 %(count)d건을 %(day)s 기준으로 기록했습니다.") % recorded)
    if late := outlived(rows):
        names = ", ".join(in_language(row.definition, "label") for row in late)
        messages.warning(request, _("기준일이 더 늦은 값이 이미 있어 오늘의 값은 그대로입니다: %s") % names)


@login_required
@require_GET
def fact_history(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    """Every statement of one fact, per subject of the site."""
    facility = get_object_or_404(sites_of(request), slug=slug)
    definition = get_object_or_404(FactDefinition.objects.select_related("group"), key=key)
    histories = histories_of(definition, facility, localdate())
    page = {"facility": facility, "definition": definition, "histories": histories}
    return render(request, "facilities/fact_history.html", page)
