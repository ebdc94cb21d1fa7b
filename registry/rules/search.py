"""Finding rules in the public catalogue."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from registry.rules.models import Citation, RuleVersion, RuleVersionQuerySet

FILTERS = {
    "ministry": "ministry__slug",
    "topic": "rule__topic__slug",
    "domain": "rule__domain",
    "confidence": "confidence",
    "binding": "binding",
}
MAX_WORDS = 8


@dataclass(frozen=True)
class RuleSearch:
    """What a reader looks for: words that must all occur, and one value per filter."""

    words: tuple[str, ...]
    filters: Mapping[str, str]

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "RuleSearch":
        """From the parameters of an address; unknown ones are ignored."""
        words = tuple(query.get("q", "").split()[:MAX_WORDS])
        return cls(words, {name: query[name] for name in FILTERS if query.get(name)})

    @property
    def is_empty(self) -> bool:
        return not self.words and not self.filters

    def found(self, on: date) -> RuleVersionQuerySet:
        """One version per rule: the one that binds on `on`, or the first to come."""
        versions = current_versions(on)
        for name, value in self.filters.items():
            versions = versions.filter(**{FILTERS[name]: value})
        for word in self.words:
            versions = versions.filter(_says(word))
        return versions


def current_versions(on: date) -> RuleVersionQuerySet:
    """Of every rule the first published version that has not ended by `on`."""
    standing = RuleVersion.objects.published().exclude(effective_until__lte=on)
    earlier = standing.filter(rule=OuterRef("rule"), number__lt=OuterRef("number"))
    return standing.filter(~Exists(earlier))


def _says(word: str) -> Q:
    """The word occurs in the title, the requirement, the slug or a citation."""
    cited = Citation.objects.filter(version=OuterRef("pk")).filter(
        Q(statute__title_ko__icontains=word) | Q(article__icontains=word) | Q(annex__icontains=word)
    )
    columns = ("title_ko", "title_en", "requirement_ko", "requirement_en", "authority_ko", "rule__slug")
    said = Q(Exists(cited))
    for column in columns:
        said |= Q(**{f"{column}__icontains": word})
    return said
