"""Other editions of a dossier: English ones and extracts for ministries, made in the background when somebody asks."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from compliance.dossiers.contents import MinistryName
from compliance.dossiers.editions import LANGUAGES, Edition
from compliance.dossiers.models import Dossier, RenderJob
from compliance.dossiers.queue import enqueue_render, recover_stuck_jobs
from compliance.dossiers.snapshot import load
from registry.language import in_language
from registry.models import User
from registry.people.requests import SignedInRequest


@dataclass(frozen=True)
class OfferedEdition:
    """An edition that the reader may ask for, and how far it is."""

    edition: Edition
    label: str
    job: RenderJob | None

    @property
    def is_ready(self) -> bool:
        return bool(self.job and self.job.file)

    @property
    def is_open(self) -> bool:
        return bool(self.job and self.job.is_open)


def offered_editions(dossier: Dossier, user: User) -> list[OfferedEdition]:
    """English, then an extract for every ministry concerned; an officer is offered that of his own ministry."""
    jobs = {job.edition: job for job in dossier.render_jobs.exclude(edition=RenderJob.REGISTERED).order_by("pk")}
    offers = [OfferedEdition(Edition("en"), _("영어판"), jobs.get("en"))]
    for ministry in _ministries_for(dossier, user):
        for language in LANGUAGES:
            edition = Edition(language, ministry.slug)
            offers.append(OfferedEdition(edition, _label(ministry, language), jobs.get(str(edition))))
    return offers


def _ministries_for(dossier: Dossier, user: User) -> Iterator[MinistryName]:
    own = user.ministry.slug if user.is_officer and user.ministry else ""
    return (row for row in load(dossier.snapshot).concerned_ministries if not own or row.slug == own)


def _label(ministry: MinistryName, language: str) -> str:
    words = _("부처별 발췌본: {ministry}") if language == LANGUAGES[0] else _("부처별 발췌본: {ministry} (영어)")
    return words.format(ministry=in_language(ministry, "name"))


def _offer(user: User, number: str, edition: str) -> tuple[Dossier, OfferedEdition]:
    """The dossier and the edition, when this person may have them; otherwise 404."""
    dossier = get_object_or_404(Dossier.objects.visible_to(user), number=number)
    for offer in offered_editions(dossier, user):
        if str(offer.edition) == edition:
            return dossier, offer
    raise Http404


@login_required
@require_GET
@never_cache
def dossier_editions(request: SignedInRequest, number: str) -> HttpResponse:
    """The list, as a part of the dossier's page that asks again while something is being made."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user), number=number)
    recover_stuck_jobs(at=timezone.now(), dossier=dossier)
    return render(request, "dossiers/editions.html", editions_context(dossier, request.user))


def editions_context(dossier: Dossier, user: User) -> dict[str, object]:
    offers = offered_editions(dossier, user)
    return {"dossier": dossier, "editions": offers, "editions_are_coming": any(row.is_open for row in offers)}


@login_required
@require_POST
def dossier_edition_render(request: SignedInRequest, number: str, edition: str) -> HttpResponse:
    """Have an edition made, once; whoever may read the dossier may have it in this form."""
    dossier, offer = _offer(request.user, number, edition)
    if not offer.is_ready:
        enqueue_render(dossier, at=timezone.now(), edition=edition)
    return redirect("dossier-detail", number)


@login_required
@require_GET
@never_cache
def dossier_edition(request: SignedInRequest, number: str, edition: str) -> FileResponse | HttpResponseRedirect:
    """The file; before it is there, the page on which it can be asked for."""
    dossier, offer = _offer(request.user, number, edition)
    if offer.job is None or not offer.is_ready:
        return redirect("dossier-detail", number)
    name = f"{dossier.number}{offer.edition.suffix}.pdf"
    return FileResponse(offer.job.file.open(), as_attachment=True, filename=name, content_type="application/pdf")
