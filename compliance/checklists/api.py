"""Checklist items, obligations and evidence over the API, with the permissions of the pages."""

from typing import Any

from django.core.exceptions import ValidationError as Refused
from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.timezone import now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from compliance.checklists.access import editable_item
from compliance.checklists.actions import Entry, StaleItemError, answer_item
from compliance.checklists.evidence_models import Evidence
from compliance.checklists.models import Answer, AnswerStatus, Item, Obligation
from compliance.checklists.reading import obligations_with_law
from registry.api_requests import Conflict, Pages, chosen, text_filter, user_of
from registry.models import Facility
from registry.rules.api import RuleVersionSerializer

FACILITY = text_filter("facility", "Slug of a facility: its own items, its buildings' and its operator's.")


class AnswerSerializer(serializers.ModelSerializer[Answer]):
    answered_by = serializers.CharField(source="answered_by.username", allow_null=True, default=None)

    class Meta:
        model = Answer
        fields = [
            "id", "status", "note", "justification", "measured", "responsible", "target_date", "versions",
            "is_reconfirmation", "answered_at", "answered_by",
        ]  # fmt: skip


class ObligationSerializer(serializers.ModelSerializer[Obligation]):
    """One rule version for one subject; `answer` is the one that counts, null while nobody answered."""

    key = serializers.SerializerMethodField(help_text="`building:12:fire-sprinkler-all-floors`.")
    version = RuleVersionSerializer()
    answer = AnswerSerializer(source="effective_answer", allow_null=True)
    answered_version = serializers.IntegerField(source="answered_version.number", allow_null=True, default=None)

    class Meta:
        model = Obligation
        fields = [
            "id", "key", "item", "version", "outcome", "because_ko", "because_en", "trace", "missing", "began_on",
            "ended_on", "ended_because", "answer", "answered_version", "needs_reconfirm", "next_due_on",
        ]  # fmt: skip

    def get_key(self, row: Obligation) -> str:
        return f"{subject_of(row.item)}:{row.rule.slug}"


class ItemSerializer(serializers.ModelSerializer[Item]):
    """One topic for one subject; send `row_version` back with an answer."""

    topic = serializers.CharField(source="topic.slug")
    topic_ko = serializers.CharField(source="topic.name_ko")
    topic_en = serializers.CharField(source="topic.name_en")
    subject = serializers.SerializerMethodField(help_text="`operator:1`, `facility:1` or `building:1`.")
    subject_name = serializers.CharField(source="subject.__str__")
    answer = AnswerSerializer(allow_null=True)
    obligations = serializers.PrimaryKeyRelatedField[Obligation](many=True, read_only=True)
    evidence = serializers.PrimaryKeyRelatedField[Evidence](many=True, read_only=True)

    class Meta:
        model = Item
        fields = [
            "id", "topic", "topic_ko", "topic_en", "subject", "subject_name", "is_active", "status", "responsible",
            "target_date", "needs_reconfirm", "next_due_on", "row_version", "answer", "obligations", "evidence",
        ]  # fmt: skip

    def get_subject(self, item: Item) -> str:
        return subject_of(item)


class EntrySerializer(serializers.Serializer[Any]):
    """An answer to an item, as the page takes it."""

    row_version = serializers.IntegerField(help_text="Of the item as it was read.")
    status = serializers.ChoiceField(choices=AnswerStatus.choices)
    note = serializers.CharField(required=False, allow_blank=True, default="")
    justification = serializers.CharField(
        required=False, allow_blank=True, default="", help_text="Needed for `not_applicable`."
    )
    measured = serializers.DictField(child=serializers.FloatField(), required=False, default=dict)
    responsible = serializers.CharField(required=False, allow_blank=True, max_length=100, default="")
    target_date = serializers.DateField(required=False, allow_null=True, default=None)


class EvidenceSerializer(serializers.ModelSerializer[Evidence]):
    """What is known of a document; the file itself is fetched from its page."""

    operator = serializers.CharField(source="operator.slug")
    facility = serializers.CharField(source="facility.slug", allow_null=True, default=None)
    items = serializers.PrimaryKeyRelatedField[Item](many=True, read_only=True)

    class Meta:
        model = Evidence
        fields = [
            "id", "operator", "facility", "title", "original_name", "content_type", "size", "sha256", "valid_from",
            "valid_until", "note", "uploaded_at", "withdrawn_at", "items",
        ]  # fmt: skip


def subject_of(item: Item) -> str:
    """`building:12`, without a query."""
    return f"{item.level}:{item.building_id or item.facility_id or item.operator_id}"


def facility_asked_for(request: Request) -> Facility | None:
    """The facility in `?facility=`, 404 for strangers; None without one."""
    slug = request.query_params.get("facility")
    return get_object_or_404(Facility.objects.visible_to(user_of(request)), slug=slug) if slug else None


class ItemViewSet(ReadOnlyModelViewSet[Item]):
    """Items of the unified checklist; `answer` answers one for every obligation beneath."""

    serializer_class = ItemSerializer
    pagination_class = Pages
    queryset = Item.objects.none()  # names the model for the schema

    def get_queryset(self) -> QuerySet[Item]:
        items = Item.objects.visible_to(user_of(self.request))
        if facility := facility_asked_for(self.request):
            items = items.of_facility(facility)
        return (
            items.filter(**chosen(self.request, topic="topic__slug", status="status"))
            .select_related("topic", "operator", "facility", "building", "answer__answered_by")
            .prefetch_related("obligations", "evidence")
            .order_by("topic__group__order", "topic__order", "topic__slug", "pk")
        )

    @extend_schema(
        parameters=[
            FACILITY,
            text_filter("topic", "Slug of a topic."),
            text_filter("status", "Status of the answer.", list(AnswerStatus.values)),
        ]
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().list(request, *args, **kwargs)

    @extend_schema(request=EntrySerializer, responses={201: AnswerSerializer})
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, pk: int) -> Response:
        """Answer the item; 409 when somebody else answered since it was read."""
        item = editable_item(user_of(request), self.get_object().pk)
        entry = EntrySerializer(data=request.data)
        entry.is_valid(raise_exception=True)
        said = dict(entry.validated_data)
        row_version = said.pop("row_version")
        try:
            answer = answer_item(item, Entry(**said), by=user_of(request), at=now(), row_version=row_version)
        except Refused as error:
            raise ValidationError(serializers.as_serializer_error(error)) from error
        except StaleItemError as error:
            raise Conflict(str(error)) from error
        return Response(AnswerSerializer(answer).data, status=status.HTTP_201_CREATED)


class ObligationViewSet(ReadOnlyModelViewSet[Obligation]):
    """Obligations with the rule version that binds, its citations, the outcome and its trace."""

    serializer_class = ObligationSerializer
    pagination_class = Pages
    queryset = Obligation.objects.none()  # names the model for the schema

    def get_queryset(self) -> QuerySet[Obligation]:
        filters = chosen(self.request, item="item_id", outcome="outcome", ministry="version__ministry__slug")
        if not filters.get("item_id", "0").isdigit():
            raise ValidationError({"item": "write the number of an item"})
        items = Item.objects.visible_to(user_of(self.request))
        if facility := facility_asked_for(self.request):
            items = items.of_facility(facility)
        with_answers = Prefetch("item", Item.objects.select_related("answer__answered_by"))
        return obligations_with_law().filter(item__in=items, **filters).prefetch_related(with_answers).order_by("pk")

    @extend_schema(
        parameters=[
            FACILITY,
            text_filter("item", "Number of an item."),
            text_filter("outcome", "Whether it applies.", list(Obligation.Outcome.values)),
            text_filter("ministry", "Slug of a ministry."),
        ]
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().list(request, *args, **kwargs)


class EvidenceViewSet(ReadOnlyModelViewSet[Evidence]):
    """Documents of the operators that the account may see."""

    serializer_class = EvidenceSerializer
    pagination_class = Pages
    queryset = Evidence.objects.none()  # names the model for the schema

    def get_queryset(self) -> QuerySet[Evidence]:
        evidence = Evidence.objects.visible_to(user_of(self.request))
        filters = chosen(self.request, facility="facility__slug")
        return evidence.filter(**filters).select_related("operator", "facility").prefetch_related("items")

    @extend_schema(parameters=[text_filter("facility", "Slug of the facility it was uploaded for.")])
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().list(request, *args, **kwargs)
