"""Pages of dossiers: the rounds of a facility, one dossier with its progress, and its files."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from compliance.dossiers.actions import issue_dossier
from compliance.dossiers.charts import stacked
from compliance.dossiers.edition_views import editions_context
from compliance.dossiers.models import Dossier, RenderJob
from compliance.dossiers.queue import cancel_render, enqueue_render, recover_stuck_jobs
from compliance.dossiers.readiness import open_points
from compliance.dossiers.rendering import words_for
from compliance.dossiers.round_pages import changes_since_last_round
from compliance.dossiers.snapshot import load
from compliance.dossiers.standing import Tally
from compliance.dossiers.verification import later_round_of
from registry.models import Facility, User
from registry.people.requests import SignedInRequest


@login_required
@require_GET
def dossier_list(request: SignedInRequest, slug: str) -> HttpResponse:
    facility = get_object_or_404(Facility.objects.visible_to(request.user).select_related("operator"), slug=slug)
    dossiers = facility.dossiers.defer("snapshot").select_related("issued_by").prefetch_related("ministries")
    context = {"facility": facility, "dossiers": dossiers, "may_edit": _may_edit(request.user, facility)}
    return render(request, "dossiers/list.html", context)


@login_required
@require_POST
def dossier_create(request: SignedInRequest, slug: str) -> HttpResponse:
    """Freeze today's state; the PDF is made in the background."""
    facility = get_object_or_404(Facility.objects.editable_by(request.user), slug=slug)
    dossier = issue_dossier(facility, on=timezone.localdate(), by=request.user, at=timezone.now())
    if not dossier.pdf_sha256:
        enqueue_render(dossier, at=timezone.now())
    return redirect("dossier-detail", dossier.number)


@login_required
@require_GET
def dossier_detail(request: SignedInRequest, number: str) -> HttpResponse:
    dossier = _seen_by(request.user, number)
    facility, snapshot = dossier.facility, load(dossier.snapshot)
    tally = Tally.of(snapshot.obligations)
    context = {
        "dossier": dossier,
        "facility": facility,
        "snapshot": snapshot,
        "tally": tally,
        "parts": stacked(tally, width=100),
        "open_points": open_points(snapshot),
        "later": later_round_of(dossier),
        "rounds": _other_rounds(request.user, dossier),
        **changes_since_last_round(dossier, snapshot),
        "may_edit": _may_edit(request.user, facility),
        "sees_facility": Facility.objects.visible_to(request.user).filter(pk=facility.pk).exists(),
        **_progress(dossier),
        **editions_context(dossier, request.user),
    }
    return render(request, "dossiers/detail.html", context)


@login_required
@require_GET
@never_cache
def dossier_progress(request: SignedInRequest, number: str) -> HttpResponse:
    """The part of the page that asks again twice a second until the file is there."""
    dossier = _seen_by(request.user, number)
    recover_stuck_jobs(at=timezone.now(), dossier=dossier)
    context = {"dossier": dossier, "may_edit": _may_edit(request.user, dossier.facility), **_progress(dossier)}
    return render(request, "dossiers/progress.html", context)


@login_required
@require_POST
def dossier_render(request: SignedInRequest, number: str) -> HttpResponse:
    """Start the rendering, for the first time or after a failure."""
    dossier = _seen_by(request.user, number)
    get_object_or_404(Facility.objects.editable_by(request.user), pk=dossier.facility_id)
    if not dossier.pdf_sha256:
        enqueue_render(dossier, at=timezone.now())
    return redirect("dossier-detail", number)


@login_required
@require_POST
def dossier_cancel(request: SignedInRequest, number: str) -> HttpResponse:
    """Call off the rendering; chapters that are finished are there for the next try."""
    dossier = _seen_by(request.user, number)
    get_object_or_404(Facility.objects.editable_by(request.user), pk=dossier.facility_id)
    if job := _last_job(dossier):
        cancel_render(job, by=request.user, at=timezone.now())
    return redirect("dossier-detail", number)


@login_required
@require_GET
@never_cache
def dossier_pdf(request: SignedInRequest, number: str) -> FileResponse:
    dossier = _seen_by(request.user, number)
    if not dossier.pdf_sha256:
        raise Http404
    name = f"{dossier.number}.pdf"
    return FileResponse(dossier.pdf.open(), as_attachment=True, filename=name, content_type="application/pdf")


@login_required
@require_GET
@never_cache
def dossier_snapshot(request: SignedInRequest, number: str) -> HttpResponse:
    dossier = _seen_by(request.user, number)
    headers = {"Content-Disposition": f'attachment; filename="{dossier.number}-snapshot.json"'}
    return HttpResponse(dossier.snapshot, content_type="application/json; charset=utf-8", headers=headers)


def _seen_by(user: User, number: str) -> Dossier:
    dossiers = Dossier.objects.visible_to(user).select_related("facility__operator", "issued_by")
    return get_object_or_404(dossiers, number=number)


def _may_edit(user: User, facility: Facility) -> bool:
    return Facility.objects.editable_by(user).filter(pk=facility.pk).exists()


def _other_rounds(user: User, dossier: Dossier) -> list[Dossier]:
    """The rounds of the facility that this person may see, newest first."""
    rounds = Dossier.objects.visible_to(user).filter(facility=dossier.facility_id).exclude(pk=dossier.pk)
    return list(rounds.defer("snapshot").order_by("-round"))


def _last_job(dossier: Dossier) -> RenderJob | None:
    return dossier.render_jobs.filter(edition=RenderJob.REGISTERED).order_by("-pk").first()


def _progress(dossier: Dossier) -> dict[str, object]:
    job = _last_job(dossier)
    return {"job": job, "step": words_for(job)}
