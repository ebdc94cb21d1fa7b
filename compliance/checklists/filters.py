"""Filters of the checklist page: ministry, topic, status, outcome, stage, subject, dates and words."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from compliance.checklists.models import AnswerStatus, Item, ItemQuerySet, Obligation
from registry.language import in_language
from registry.models import Citation, Facility, Ministry, RuleVersion, Topic

MAX_WORDS = 8


class ItemFilterForm(forms.Form):
    """What the query string asks for. A value that makes no sense is no filter."""

    q = forms.CharField(label=_("검색"), required=False, max_length=200)
    ministry = forms.ChoiceField(label=_("소관부처"), required=False)
    group = forms.ChoiceField(label=_("분야"), required=False)
    topic = forms.ChoiceField(label=_("점검 주제"), required=False)
    status = forms.ChoiceField(label=_("답변"), required=False)
    outcome = forms.ChoiceField(label=_("적용 여부"), required=False)
    stage = forms.ChoiceField(label=_("단계"), required=False)
    subject = forms.ChoiceField(label=_("대상"), required=False)
    overdue = forms.BooleanField(label=_("기한 지남"), required=False)
    reconfirm = forms.BooleanField(label=_("재확인 필요"), required=False)

    def __init__(self, data: Any, *, facility: Facility) -> None:
        super().__init__(data)
        self.fields["q"].widget = forms.TextInput(
            attrs={"type": "search", "placeholder": _("의무, 요구사항, 법령, 조문")}
        )
        topics = Topic.objects.select_related("group").filter(items__in=Item.objects.of_facility(facility).active())
        topics = topics.distinct()
        groups = {topic.group.slug: topic.group for topic in topics}
        ministries = Ministry.objects.filter(rule_versions__obligations__isnull=False).distinct()
        buildings = [(f"building:{row.pk}", row.name) for row in facility.buildings.all()]
        self._offer("ministry", [(row.slug, in_language(row, "name")) for row in ministries])
        self._offer("group", [(row.slug, in_language(row, "name")) for row in groups.values()])
        self._offer("topic", [(row.slug, in_language(row, "name")) for row in topics])
        self._offer("status", [("unanswered", _("미답변")), *AnswerStatus.choices])
        self._offer("outcome", Obligation.Outcome.choices[:2])
        self._offer("stage", RuleVersion.Stage.choices)
        self._offer("subject", [("operator", _("사업자")), ("facility", _("데이터센터 전체")), *buildings])

    def _offer(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("전체")), *choices]

    @property
    def is_narrow(self) -> bool:
        """Whether anything at all is filtered."""
        self.is_valid()
        return any(self.cleaned_data.values())

    @property
    def more_count(self) -> int:
        """How many of the filters that are folded away are set."""
        self.is_valid()
        names = ("group", "topic", "outcome", "stage", "subject")
        return sum(bool(self.cleaned_data.get(name)) for name in names)

    def narrow(self, items: ItemQuerySet, on: date) -> ItemQuerySet:
        """The items that match everything asked for; conditions on obligations must meet in one obligation."""
        self.is_valid()  # what is invalid is not in cleaned_data and filters nothing
        chosen = self.cleaned_data
        if value := chosen.get("group"):
            items = items.filter(topic__group__slug=value)
        if value := chosen.get("topic"):
            items = items.filter(topic__slug=value)
        if value := chosen.get("status"):
            items = items.filter(status="" if value == "unanswered" else value)
        if value := chosen.get("subject"):
            items = items.filter(_subject(value))
        if chosen.get("overdue"):
            items = items.overdue(on)
        return self._narrow_obligations(items)

    def _narrow_obligations(self, items: ItemQuerySet) -> ItemQuerySet:
        chosen = self.cleaned_data
        asked = Q()
        if value := chosen.get("ministry"):
            asked &= Q(version__ministry__slug=value)
        if value := chosen.get("outcome"):
            asked &= Q(outcome=value)
        if chosen.get("reconfirm"):
            asked &= Q(needs_reconfirm=True)
        if value := chosen.get("stage"):
            asked &= Q(version__in=_versions_of_stage(value))
        words = chosen.get("q", "").split()[:MAX_WORDS]
        for word in words:
            asked &= _mentions(word)
        if not asked:
            return items
        return items.filter(Exists(Obligation.objects.active().filter(asked, item=OuterRef("pk"))))


def _subject(value: str) -> Q:
    level, _colon, pk = value.partition(":")
    return Q(building=pk) if pk else Q(**{f"{level}__isnull": False})


def _versions_of_stage(stage: str) -> list[int]:
    """JSON lists cannot be searched in the same way by all databases; there are a few hundred versions."""
    rows = RuleVersion.objects.published().values_list("pk", "stages")
    return [pk for pk, stages in rows if stage in stages]


def _mentions(word: str) -> Q:
    cited = Citation.objects.filter(
        Q(statute__title_ko__icontains=word) | Q(article__icontains=word) | Q(annex__icontains=word),
        version=OuterRef("version"),
    )
    texts = [
        "version__title_ko",
        "version__title_en",
        "version__requirement_ko",
        "version__requirement_en",
        "rule__slug",
        "item__topic__name_ko",
        "item__topic__name_en",
        "item__topic__question_ko",
    ]
    found = Q(Exists(cited))
    for text in texts:
        found |= Q(**{f"{text}__icontains": word})
    return found
