"""Evidence: uploading, linking, reading and withdrawing it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from compliance.checklists.access import (
    editable_item,
    facility_of,
    may_edit,
    require_editor,
    seen_facility,
)
from compliance.checklists.evidence_actions import (
    add_evidence,
    link_evidence,
    unlink_evidence,
    withdraw_evidence,
)
from compliance.checklists.evidence_models import Evidence
from compliance.checklists.forms import EvidenceForm, LinkForm
from compliance.checklists.item_views import offered_evidence, read_item, show_item
from compliance.checklists.models import Item
from registry.models import Facility
from registry.people.requests import SignedInRequest


@login_required
@require_http_methods(["GET", "POST"])
def evidence_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """Documents of the facility's operator; new ones can be kept here before anyone needs them."""
    facility = seen_facility(request.user, slug)
    form = EvidenceForm()
    if request.method == "POST":
        require_editor(request.user)
        form = EvidenceForm(request.POST, request.FILES)
        if form.is_valid() and _keep(request, form, facility):
            return redirect("evidence-list", facility.slug)
    rows = Evidence.objects.filter(operator=facility.operator).select_related("uploaded_by", "facility")
    on = localdate()
    found = [(row, row.is_valid_on(on)) for row in rows.annotate(uses=Count("links"))]
    page = {"facility": facility, "found": found, "form": form, "may_edit": may_edit(request.user), "on": on}
    return render(request, "checklists/evidence.html", page)


@login_required
@require_POST
def evidence_upload(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep documents and let them prove the item."""
    item = editable_item(request.user, pk)
    form = EvidenceForm(request.POST, request.FILES, auto_id="evidence-%s")
    if form.is_valid() and _keep(request, form, facility_of(item, request.user), item):
        return redirect("item-detail", pk)
    return show_item(request, pk, evidence_form=form)


def _keep(request: SignedInRequest, form: EvidenceForm, facility: Facility, item: Item | None = None) -> bool:
    """Take every good file; each bad one becomes one error of the form. True when all were good."""
    kept = 0
    for file in form.chosen:
        try:
            add_evidence(file, facility=facility, item=item, about=form.about, by=request.user, at=now())
            kept += 1
        except ValidationError as error:
            form.add_error("uploads", error)
    if kept:
        messages.success(request, _("증빙 {n}건을 올렸습니다.").format(n=kept))
    return form.is_valid()


@login_required
@require_POST
def evidence_link(request: SignedInRequest, pk: int) -> HttpResponse:
    item = editable_item(request.user, pk)
    form = LinkForm(request.POST, offered=offered_evidence(read_item(request, item)))
    if form.is_valid():
        link_evidence(form.cleaned_data["evidence"], item, by=request.user, at=now())
        messages.success(request, _("증빙을 연결했습니다."))
    else:
        messages.error(request, _("연결할 증빙을 고르십시오."))
    return redirect("item-detail", pk)


@login_required
@require_POST
def evidence_unlink(request: SignedInRequest, pk: int, evidence_pk: int) -> HttpResponse:
    item = editable_item(request.user, pk)
    evidence = get_object_or_404(Evidence.objects.visible_to(request.user), pk=evidence_pk)
    unlink_evidence(evidence, item, by=request.user, at=now())
    messages.success(request, _("연결을 끊었습니다. 증빙은 증빙 목록에 남아 있습니다."))
    return redirect("item-detail", pk)


@login_required
@require_POST
def evidence_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    evidence = get_object_or_404(Evidence.objects.visible_to(request.user), pk=pk)
    require_editor(request.user)
    withdraw_evidence(evidence, by=request.user, at=now())
    messages.success(request, _("증빙을 철회했습니다. 이미 제출한 보고서에는 그대로 남습니다."))
    facility = evidence.facility or evidence.operator.facilities.first()
    return redirect("evidence-list", facility.slug) if facility else redirect("facility-list")


@login_required
@require_GET
def evidence_download(request: SignedInRequest, pk: int) -> FileResponse:
    """The file itself, never shown by the browser as a page of ours."""
    evidence = get_object_or_404(Evidence.objects.visible_to(request.user), pk=pk)
    try:
        content = evidence.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(
        content, as_attachment=True, filename=evidence.original_name, content_type=evidence.content_type
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
