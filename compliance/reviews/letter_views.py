"""The decision letter."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from compliance.reviews.access import reviews_for
from compliance.reviews.letter import letter_of, print_letter
from compliance.reviews.views import review_seen_by
from registry.people.requests import SignedInRequest


@login_required
@require_GET
def review_letter(request: SignedInRequest, pk: int) -> HttpResponse:
    """For the operator, the deciding ministry and those who see everything; there is none before the decision."""
    review = review_seen_by(request.user, pk)
    if not review.decision or (request.user.is_officer and not reviews_for(review, request.user)):
        raise Http404
    letter = letter_of(review)
    content = print_letter(letter, language="en" if get_language() == "en" else "ko")
    headers = {"Content-Disposition": f'attachment; filename="{letter.number}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
