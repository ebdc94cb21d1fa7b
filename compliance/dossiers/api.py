"""Dossiers and their snapshots over the API."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from compliance.dossiers.models import Dossier
from registry.api_requests import Pages, chosen, text_filter, user_of


class DossierSerializer(serializers.ModelSerializer[Dossier]):
    facility = serializers.CharField(source="facility.slug")
    facility_ko = serializers.CharField(source="facility.name_ko")
    previous = serializers.CharField(source="previous.number", allow_null=True, default=None)
    ministries = serializers.SlugRelatedField[Any]("slug", many=True, read_only=True)

    class Meta:
        model = Dossier
        fields = [
            "number", "round", "previous", "facility", "facility_ko", "as_of", "state", "issued_at", "submitted_at",
            "ministries", "snapshot_sha256", "content_sha256", "pdf_sha256", "pages",
        ]  # fmt: skip


class DossierViewSet(ReadOnlyModelViewSet[Dossier]):
    """Dossiers that the account may see; officers see what was submitted to their ministry."""

    serializer_class = DossierSerializer
    pagination_class = Pages
    queryset = Dossier.objects.none()  # names the model for the schema
    lookup_field = "number"

    def get_queryset(self) -> QuerySet[Dossier]:
        dossiers = Dossier.objects.visible_to(user_of(self.request))
        dossiers = dossiers.filter(**chosen(self.request, facility="facility__slug", state="state"))
        rows = dossiers.select_related("facility", "previous").prefetch_related("ministries")
        return rows if self.action == "snapshot" else rows.defer("snapshot", "previous__snapshot")

    @extend_schema(
        parameters=[
            text_filter("facility", "Slug of a facility."),
            text_filter("state", "State of the dossier.", list(Dossier.State.values)),
        ]
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().list(request, *args, **kwargs)

    @extend_schema(responses={(200, "application/json"): OpenApiTypes.OBJECT})
    @action(detail=True)
    def snapshot(self, request: Request, number: str) -> HttpResponse:
        """The canonical snapshot, byte for byte what `snapshot_sha256` was taken of."""
        return HttpResponse(self.get_object().snapshot, content_type="application/json")
