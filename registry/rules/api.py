"""Reading the rule catalogue over the API: public, like its pages, and without any way to write."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.viewsets import ReadOnlyModelViewSet

from registry.api_requests import ON, Pages, chosen, day_of, text_filter
from registry.rules.models import Citation, Rule, RuleVersion, RuleVersionQuerySet, Topic
from registry.statutes.models import Ministry


class MinistrySerializer(serializers.ModelSerializer[Ministry]):
    succeeded_by = serializers.SlugRelatedField[Ministry]("slug", many=True, read_only=True)

    class Meta:
        model = Ministry
        fields = [
            "slug", "name_ko", "name_en", "short_ko", "since", "until", "formerly", "agencies", "succeeded_by",
        ]  # fmt: skip


class TopicSerializer(serializers.ModelSerializer[Topic]):
    group = serializers.CharField(source="group.slug")
    group_ko = serializers.CharField(source="group.name_ko")
    group_en = serializers.CharField(source="group.name_en")

    class Meta:
        model = Topic
        fields = [
            "slug", "group", "group_ko", "group_en", "name_ko", "name_en", "question_ko", "question_en", "subject",
        ]  # fmt: skip


class CitationSerializer(serializers.ModelSerializer[Citation]):
    statute = serializers.CharField(source="statute.title_ko")
    kind = serializers.CharField(source="statute.kind")
    law_id = serializers.CharField(source="statute.law_id")
    text = serializers.CharField(source="__str__", help_text="Statute and place in one line.")

    class Meta:
        model = Citation
        fields = ["statute", "kind", "law_id", "article", "paragraph", "item", "annex", "text"]


class RuleVersionSerializer(serializers.ModelSerializer[RuleVersion]):
    """Everything that the law data says: nothing is dropped on the way out."""

    rule = serializers.CharField(source="rule.slug")
    ministry = serializers.CharField(source="ministry.slug")
    ministry_ko = serializers.CharField(source="ministry.name_ko")
    ministry_en = serializers.CharField(source="ministry.name_en")
    citations = CitationSerializer(many=True)

    class Meta:
        model = RuleVersion
        fields = [
            "id", "rule", "number", "status", "effective_from", "effective_until", "title_ko", "title_en",
            "ministry", "ministry_ko", "ministry_en", "subject", "binding", "obligation_kind", "stages", "condition",
            "applies_note_ko", "requirement_ko", "requirement_en", "thresholds", "measure", "recurrence", "deadline",
            "evidence_ko", "authority_ko", "penalty", "confidence", "condition_confidence", "citations", "upcoming",
            "source_note", "note_ko", "source", "content_hash",
        ]  # fmt: skip


class RuleSerializer(serializers.ModelSerializer[Rule]):
    topic = serializers.CharField(source="topic.slug")
    in_force = serializers.SerializerMethodField(help_text="The version that binds on the day asked about, or null.")

    class Meta:
        model = Rule
        fields = ["slug", "domain", "topic", "in_force"]

    @extend_schema_field(RuleVersionSerializer(allow_null=True))
    def get_in_force(self, rule: Rule) -> dict[str, Any] | None:
        day = day_of(self.context["request"])
        binding = [version for version in rule.versions.all() if version.is_in_force(day)]
        return RuleVersionSerializer(binding[-1]).data if binding else None


class RuleWithVersionsSerializer(RuleSerializer):
    versions = RuleVersionSerializer(many=True, read_only=True)

    class Meta(RuleSerializer.Meta):
        fields = [*RuleSerializer.Meta.fields, "merged_from", "versions"]


def published_versions() -> RuleVersionQuerySet:
    """Published versions with all that a serializer names."""
    versions = RuleVersion.objects.published().select_related("rule", "ministry").order_by("rule__slug", "number")
    return versions.prefetch_related(Prefetch("citations", Citation.objects.select_related("statute")))


class MinistryViewSet(ReadOnlyModelViewSet[Ministry]):
    """Ministries and agencies in charge; `on` leaves those that existed that day."""

    serializer_class = MinistrySerializer
    permission_classes = [AllowAny]
    pagination_class = Pages
    queryset = Ministry.objects.none()  # names the model for the schema
    lookup_field = "slug"

    @extend_schema(parameters=[ON])
    def list(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        return super().list(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Ministry]:
        ministries = Ministry.objects.prefetch_related("succeeded_by")
        return ministries.in_charge(day_of(self.request)) if "on" in self.request.query_params else ministries


class TopicViewSet(ReadOnlyModelViewSet[Topic]):
    """Topics of the unified checklist."""

    serializer_class = TopicSerializer
    permission_classes = [AllowAny]
    pagination_class = Pages
    queryset = Topic.objects.select_related("group")
    lookup_field = "slug"


class RuleViewSet(ReadOnlyModelViewSet[Rule]):
    """Rules with the version that binds on a day; one rule comes with all its published versions."""

    permission_classes = [AllowAny]
    pagination_class = Pages
    lookup_field = "slug"
    queryset = Rule.objects.select_related("topic")

    def get_serializer_class(self) -> type[RuleSerializer]:
        return RuleSerializer if self.action == "list" else RuleWithVersionsSerializer

    def get_queryset(self) -> QuerySet[Rule]:
        filters = chosen(self.request, domain="domain", topic="topic__slug")
        return super().get_queryset().filter(**filters).prefetch_related(Prefetch("versions", published_versions()))

    @extend_schema(
        parameters=[
            ON,
            text_filter("domain", "One domain.", list(Rule.Domain.values)),
            text_filter("topic", "Slug of a topic."),
        ]
    )
    def list(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        return super().list(request, *args, **kwargs)

    @extend_schema(parameters=[ON])
    def retrieve(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        return super().retrieve(request, *args, **kwargs)


class RuleVersionViewSet(ReadOnlyModelViewSet[RuleVersion]):
    """Published versions. They never change, so there is no method that would change one."""

    serializer_class = RuleVersionSerializer
    permission_classes = [AllowAny]
    pagination_class = Pages
    queryset = RuleVersion.objects.none()  # names the model for the schema

    def get_queryset(self) -> QuerySet[RuleVersion]:
        filters = chosen(self.request, rule="rule__slug", ministry="ministry__slug", confidence="confidence")
        versions = published_versions().filter(**filters)
        return versions.in_force(day_of(self.request)) if "on" in self.request.query_params else versions

    @extend_schema(
        parameters=[
            ON,
            text_filter("rule", "Slug of a rule."),
            text_filter("ministry", "Slug of a ministry."),
            text_filter("confidence", "How sure the text is.", list(RuleVersion.Confidence.values)),
        ]
    )
    def list(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        return super().list(request, *args, **kwargs)
