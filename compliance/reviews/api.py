"""Reviews and their findings over the API: reading only, decisions are made on the page."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from compliance.reviews.models import Finding, FindingMessage, Review
from compliance.reviews.states import Waiting, standing_of
from registry.api_requests import Pages, chosen, text_filter, user_of


class FindingMessageSerializer(serializers.ModelSerializer[FindingMessage]):
    written_by = serializers.CharField(source="written_by.username")

    class Meta:
        model = FindingMessage
        fields = ["text", "written_at", "written_by"]


class FindingSerializer(serializers.ModelSerializer[Finding]):
    raised_by = serializers.CharField(source="raised_by.username")
    messages = FindingMessageSerializer(many=True)

    class Meta:
        model = Finding
        fields = [
            "id", "obligation_key", "kind", "text", "documents", "due_on", "state", "raised_at", "raised_by",
            "resolved_at", "messages",
        ]  # fmt: skip


class ReviewSerializer(serializers.ModelSerializer[Review]):
    dossier = serializers.CharField(source="dossier.number")
    facility = serializers.CharField(source="dossier.facility.slug")
    ministry = serializers.CharField(source="ministry.slug")
    ministry_ko = serializers.CharField(source="ministry.name_ko")
    decided_by = serializers.CharField(source="decided_by.username", allow_null=True, default=None)
    waiting = serializers.SerializerMethodField(help_text="Whose move it is: the ministry's, the manager's, nobody's.")
    findings = FindingSerializer(many=True)

    class Meta:
        model = Review
        fields = [
            "id", "dossier", "facility", "ministry", "ministry_ko", "opened_at", "waiting", "decision", "reason",
            "conditions", "decided_at", "decided_by", "row_version", "findings",
        ]  # fmt: skip

    def get_waiting(self, review: Review) -> Waiting:
        return Waiting(standing_of(review).waiting)


class ReviewViewSet(ReadOnlyModelViewSet[Review]):
    """Every ministry's review of the dossiers that the account may see."""

    serializer_class = ReviewSerializer
    pagination_class = Pages
    queryset = Review.objects.none()  # names the model for the schema

    def get_queryset(self) -> QuerySet[Review]:
        reviews = Review.objects.visible_to(user_of(self.request))
        filters = chosen(self.request, dossier="dossier__number", ministry="ministry__slug", decision="decision")
        return (
            reviews.filter(**filters)
            .select_related("dossier__facility", "ministry", "decided_by")
            .defer("dossier__snapshot")
            .prefetch_related("findings__raised_by", "findings__messages__written_by")
            .order_by("-opened_at", "pk")
        )

    @extend_schema(
        parameters=[
            text_filter("dossier", "Number of a dossier."),
            text_filter("ministry", "Slug of a ministry."),
            text_filter("decision", "One decision.", list(Review.Decision.values)),
        ]
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().list(request, *args, **kwargs)
