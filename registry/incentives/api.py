"""Reading incentive programmes over the API: public, like their pages."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.viewsets import ReadOnlyModelViewSet

from registry.api_requests import ON, Pages, chosen, day_of, text_filter
from registry.incentives.models import Incentive


class IncentiveSerializer(serializers.ModelSerializer[Incentive]):
    ministry = serializers.CharField(source="ministry.slug")
    related_rules = serializers.SlugRelatedField[Any]("slug", many=True, read_only=True)
    status = serializers.SerializerMethodField(help_text="What follows from the dates on the day asked about.")

    class Meta:
        model = Incentive
        exclude = ["id", "order", "content_hash"]

    def get_status(self, incentive: Incentive) -> str:
        return incentive.status_on(day_of(self.context["request"])).value


class IncentiveViewSet(ReadOnlyModelViewSet[Incentive]):
    """Dated programmes; `status` is that of the day in `on`."""

    serializer_class = IncentiveSerializer
    permission_classes = [AllowAny]
    pagination_class = Pages
    queryset = Incentive.objects.select_related("ministry").prefetch_related("related_rules")
    lookup_field = "slug"

    def get_queryset(self) -> QuerySet[Incentive]:
        return super().get_queryset().filter(**chosen(self.request, kind="kind", ministry="ministry__slug"))

    @extend_schema(
        parameters=[
            ON,
            text_filter("kind", "One kind of programme.", list(Incentive.Kind.values)),
            text_filter("ministry", "Slug of a ministry."),
        ]
    )
    def list(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        return super().list(request, *args, **kwargs)

    @extend_schema(parameters=[ON])
    def retrieve(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        return super().retrieve(request, *args, **kwargs)
