"""Facilities and their facts over the API, with the permissions of the pages."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localdate
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from registry.api_requests import ON, Conflict, Pages, chosen, day_of, text_filter, user_of
from registry.conditions import FactValueError
from registry.facilities.actions import FactConflict, record_facts
from registry.facilities.fact_models import FactDefinition, FactValue
from registry.facilities.facts import FactScalar, typed_value
from registry.facilities.models import Building, Facility
from registry.facilities.subjects import Subject, subject_key, subjects_on_site


class FactDefinitionSerializer(serializers.ModelSerializer[FactDefinition]):
    group = serializers.CharField(source="group.slug")

    class Meta:
        model = FactDefinition
        fields = [
            "key", "level", "type", "unit", "label_ko", "label_en", "help_ko", "group", "choices", "minimum",
            "maximum", "derived", "used_for",
        ]  # fmt: skip


class BuildingSerializer(serializers.ModelSerializer[Building]):
    class Meta:
        model = Building
        fields = ["id", "name", "order"]


class FacilitySerializer(serializers.ModelSerializer[Facility]):
    operator = serializers.CharField(source="operator.slug")
    operator_ko = serializers.CharField(source="operator.name_ko")
    buildings = BuildingSerializer(many=True)

    class Meta:
        model = Facility
        fields = [
            "slug", "name_ko", "name_en", "operator", "operator_ko", "is_illustrative", "note", "buildings",
        ]  # fmt: skip


class FactValueSerializer(serializers.ModelSerializer[FactValue]):
    subject = serializers.SerializerMethodField(help_text="Whose fact it is: `operator:1`, `facility:1`, `building:1`.")
    key = serializers.CharField(source="definition.key")
    unit = serializers.CharField(source="definition.unit")
    recorded_by = serializers.CharField(source="recorded_by.username", allow_null=True, default=None)

    class Meta:
        model = FactValue
        fields = ["subject", "key", "value", "unit", "valid_from", "source_note", "recorded_at", "recorded_by"]

    def get_subject(self, row: FactValue) -> str:
        return subject_of(row)


class FactEntrySerializer(serializers.Serializer[Any]):
    """Values to record for one subject of the site; null withdraws what was known."""

    subject = serializers.CharField(
        required=False, help_text="`facility:1`, `building:1` or `operator:1`; the facility when absent."
    )
    values = serializers.DictField(child=serializers.JSONField(allow_null=True), allow_empty=False)
    valid_from = serializers.DateField(required=False, help_text="The day from which it holds; today when absent.")
    source_note = serializers.CharField(required=False, allow_blank=True, max_length=300, default="")


class FactDefinitionViewSet(ReadOnlyModelViewSet[FactDefinition]):
    """Attributes that conditions are written over: public, like the rules."""

    serializer_class = FactDefinitionSerializer
    permission_classes = [AllowAny]
    pagination_class = Pages
    queryset = FactDefinition.objects.select_related("group")
    lookup_field = "key"

    def get_queryset(self) -> QuerySet[FactDefinition]:
        return super().get_queryset().filter(**chosen(self.request, level="level", group="group__slug"))

    @extend_schema(
        parameters=[
            text_filter("level", "Whose facts.", list(FactDefinition.Level.values)),
            text_filter("group", "Slug of a group."),
        ]
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().list(request, *args, **kwargs)


class FacilityViewSet(ReadOnlyModelViewSet[Facility]):
    """Facilities that the account may see; `facts` reads and records what is known about one."""

    serializer_class = FacilitySerializer
    pagination_class = Pages
    queryset = Facility.objects.none()  # names the model for the schema
    lookup_field = "slug"

    def get_queryset(self) -> QuerySet[Facility]:
        facilities = Facility.objects.visible_to(user_of(self.request))
        return facilities.select_related("operator").prefetch_related("buildings")

    @extend_schema(parameters=[ON], responses=FactValueSerializer(many=True), filters=False)
    @action(detail=True, pagination_class=None)
    def facts(self, request: Request, slug: str) -> Response:
        """What was known to hold on a day about the facility, its buildings and its operator."""
        rows = newest_statements(self.get_object(), day_of(request))
        return Response(FactValueSerializer(rows, many=True).data)

    @extend_schema(request=FactEntrySerializer, responses={201: FactValueSerializer(many=True)})
    @facts.mapping.post
    def record_facts(self, request: Request, slug: str) -> Response:
        """Record values with their date and source; nothing is ever overwritten."""
        facility, user = self.get_object(), user_of(request)
        if not Facility.objects.editable_by(user).filter(pk=facility.pk).exists():
            raise PermissionDenied
        entry = FactEntrySerializer(data=request.data)
        entry.is_valid(raise_exception=True)
        said = entry.validated_data
        try:
            rows = record_facts(
                subject=subject_named(facility, said.get("subject", "")),
                values=typed_values(said["values"]),
                valid_from=said.get("valid_from") or localdate(),
                source_note=said["source_note"],
                by=user,
            )
        except FactValueError as error:
            raise ValidationError({"values": str(error)}) from error
        except FactConflict as error:
            raise Conflict("Somebody recorded these facts meanwhile: read them again.") from error
        return Response(FactValueSerializer(rows, many=True).data, status=status.HTTP_201_CREATED)


def subject_of(row: FactValue) -> str:
    """`building:12`, without a query."""
    if row.building_id:
        return f"building:{row.building_id}"
    return f"facility:{row.facility_id}" if row.facility_id else f"operator:{row.operator_id}"


def newest_statements(facility: Facility, on: date) -> list[FactValue]:
    """The statement that counts on `on` for each subject and fact; withdrawn facts are absent."""
    rows = FactValue.objects.about(facility).on(on).select_related("definition", "recorded_by")
    newest = {(subject_of(row), row.definition_id): row for row in rows}
    return [row for row in newest.values() if row.value is not None]


def subject_named(facility: Facility, key: str) -> Subject:
    """The subject of this site with that name; the facility without one."""
    subjects = {subject_key(subject): subject for subject in subjects_on_site(facility)}
    if key and key not in subjects:
        raise ValidationError({"subject": f"{key!r} is not on this site: {', '.join(subjects)}."})
    return subjects[key] if key else facility


def typed_values(values: Mapping[str, Any]) -> dict[str, FactScalar]:
    """JSON scalars as facts: the text of a date fact becomes a date."""
    definitions = {row.key: row for row in FactDefinition.objects.filter(key__in=values)}
    try:
        return {
            key: typed_value(definitions[key], value) if key in definitions else value for key, value in values.items()
        }
    except ValueError as error:
        raise ValidationError({"values": f"not a day: {error}"}) from error
