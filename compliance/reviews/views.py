"""Pages of reviews: the list, one review, its evidence, and the decision."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import FileResponse, Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from compliance.checklists.evidence_models import Evidence
from compliance.dossiers import snapshot
from compliance.reviews import actions
from compliance.reviews.access import require_officer, reviews_for
from compliance.reviews.forms import DecisionForm, ReviewFilterForm
from compliance.reviews.models import Review, ReviewQuerySet
from compliance.reviews.pages import ReviewRow, listed, review_page, review_rows
from compliance.reviews.parts import evidence_used_by
from registry.models import User
from registry.people.requests import SignedInRequest

ROWS_PER_PAGE = 30
CONFLICT = 409


@login_required
@require_GET
def review_list(request: SignedInRequest) -> HttpResponse:
    user, today = request.user, localdate()
    form = ReviewFilterForm(request.GET)
    form.is_valid()
    reviews = Review.objects.visible_to(user)
    if user.is_officer:
        reviews = reviews.filter(ministry=user.ministry_id)
    rows = _wanted(reviews, form, today)
    page = Paginator(rows, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    open_count = reviews.open().count()
    return render(request, "reviews/list.html", {"form": form, "page": page, "open_count": open_count, "today": today})


def _wanted(reviews: ReviewQuerySet, form: ReviewFilterForm, on: date) -> list[ReviewRow]:
    """What the filters ask for: open ones by due date and age, closed ones newest first."""
    wish = form.cleaned_data
    show = wish.get("show") or form.OPEN
    if show != form.ALL:
        reviews = reviews.open() if show == form.OPEN else reviews.closed()
    if wish.get("q"):
        reviews = reviews.about(wish["q"])
    rows = review_rows(listed(reviews), on)
    if wish.get("waiting"):
        rows = [row for row in rows if row.standing.waiting == wish["waiting"]]
    if show == form.CLOSED:
        return sorted(rows, key=lambda row: row.review.decided_at or row.review.opened_at, reverse=True)
    return sorted(rows, key=lambda row: (bool(row.review.decision), row.due_on or date.max, row.review.opened_at))


@login_required
@require_GET
def review_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    user = request.user
    review = review_seen_by(user, pk)
    context = review_page(review, user, request.GET, localdate())
    template = "reviews/detail.html#obligations" if request.headers.get("HX-Request") else "reviews/detail.html"
    return render(request, template, context)


@login_required
@require_POST
def review_decide(request: SignedInRequest, pk: int) -> HttpResponse:
    user = request.user
    review = review_seen_by(user, pk)
    require_officer(review, user)
    form = DecisionForm(request.POST)
    status = 200
    if form.is_valid():
        try:
            actions.decide(review, **form.wish(), by=user, at=now())
        except actions.ReviewError as error:
            form.add_error(None, str(error))
            review, status = review_seen_by(user, pk), CONFLICT
        else:
            messages.success(request, _("결정했습니다: %(decision)s") % {"decision": review.get_decision_display()})
            return redirect("review-detail", pk)
    context = {
        **review_page(review, user, request.GET, localdate()),
        "decision_form": _fresh(form, request.POST, review),
    }
    return render(request, "reviews/detail.html", context, status=status)


def _fresh(form: DecisionForm, typed: QueryDict, review: Review) -> DecisionForm:
    """The form as typed, over the review as it stands now: the officer has seen the change and may decide again."""
    form.data = {**typed.dict(), "row_version": str(review.row_version)}
    return form


@login_required
@require_GET
def review_evidence(request: SignedInRequest, pk: int, evidence_pk: int) -> FileResponse:
    """A document that an obligation of the review's ministry uses, or that the operator showed to this ministry."""
    user = request.user
    review = review_seen_by(user, pk)
    if user.is_officer and not reviews_for(review, user):
        raise Http404
    evidence = _document_of(review, evidence_pk)
    response = FileResponse(evidence.file.open("rb"), as_attachment=True, filename=evidence.original_name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _document_of(review: Review, pk: int) -> Evidence:
    """404 for every document that stays with its operator."""
    frozen = evidence_used_by(snapshot.load(review.dossier.snapshot), review.ministry.slug).get(pk)
    if frozen is not None:
        return get_object_or_404(Evidence, pk=pk, sha256=frozen.sha256)
    replied = Q(finding_messages__finding__review=review)
    kept = Q(commitments__source=review.dossier.number, commitments__ministry=review.ministry)
    return get_object_or_404(Evidence.objects.filter(replied | kept | Q(inspections__review=review)).distinct(), pk=pk)


def review_seen_by(user: User, pk: int) -> Review:
    """The review with its dossier and ministry; 404 for strangers."""
    reviews = Review.objects.visible_to(user).select_related("dossier__facility__operator", "ministry", "decided_by")
    return get_object_or_404(reviews, pk=pk)
