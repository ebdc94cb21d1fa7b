"""Whose move a review is: strangers get 404 from the querysets, readers who try to write are refused here."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from compliance.dossiers.models import Dossier
from compliance.reviews.models import Review
from registry.models import User


def reviews_for(review: Review, user: User) -> bool:
    """Whether the user is an officer of the review's ministry."""
    return user.is_officer and user.ministry_id == review.ministry_id


def answers_for(dossier: Dossier, user: User) -> bool:
    """Whether the user is a manager of the operator behind the dossier."""
    return user.is_manager and user.operator_id == dossier.facility.operator_id


def require_officer(review: Review, user: User) -> None:
    if not reviews_for(review, user):
        raise PermissionDenied(_("이 검토는 %(ministry)s 담당 공무원만 합니다.") % {"ministry": review.ministry})


def require_manager(dossier: Dossier, user: User) -> None:
    if not answers_for(dossier, user):
        raise PermissionDenied(_("이 데이터센터 사업자의 시설 관리자만 할 수 있습니다."))
