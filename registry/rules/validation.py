"""What must hold before a rule version may be published."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from registry.conditions import ConditionError, Level, Vocabulary, parse
from registry.language import active_language
from registry.rules.models import Citation, RuleVersion


class RuleActionError(ValidationError):
    """An action on a rule that cannot be done: which rule, why, and what to do instead."""

    def __init__(self, rule: str, flaws: str | Iterable[str]) -> None:
        self.flaws = [flaws] if isinstance(flaws, str) else list(flaws)
        super().__init__([f"{rule}: {flaw}" for flaw in self.flaws])

    def __str__(self) -> str:
        return " ".join(self.messages)


def content_flaws(version: RuleVersion, citations: Sequence[Citation], vocabulary: Vocabulary) -> list[str]:
    """Why the version may not be published as it stands; nothing when it may."""
    flaws = []
    try:
        parse(version.condition, vocabulary, level=Level(version.subject), result="boolean")
    except ConditionError as error:
        flaws.append(_("적용 조건: %(reason)s") % {"reason": error.describe(active_language())})
    if not citations:
        flaws.append(_("근거 조문이 없습니다. 의무는 법령에 근거해야 하므로 조문을 하나 이상 적으십시오."))
    for name in ("title_ko", "requirement_ko", "authority_ko", "stages"):
        if not getattr(version, name):
            label = version._meta.get_field(name).verbose_name  # type: ignore[union-attr]  # plain columns
            flaws.append(_("‘%(field)s’이(가) 비어 있습니다. 공표하기 전에 채우십시오.") % {"field": label})
    return flaws


def period_flaws(versions: Sequence[RuleVersion]) -> list[str]:
    """Why these versions of one rule do not follow each other; they are given in the order of their numbers.

    Each begins on the very day on which the one before it ends: no gap, no overlap, and only the first may begin at an
    unknown day.
    """
    pairs = zip(versions, versions[1:], strict=False)
    return [flaw for version, following in pairs if (flaw := _joint_flaw(version, following))]


def _joint_flaw(version: RuleVersion, following: RuleVersion) -> str:
    names = {
        "number": version.number,
        "next": following.number,
        "begins": version.effective_from,
        "starts": following.effective_from,
        "ends": version.effective_until or "—",
    }
    if following.effective_from is None:
        return _("제%(next)s판에 시행일이 없습니다. 시행일을 모르는 판은 첫 판뿐이니 시행일을 적으십시오.") % names
    if version.effective_from is not None and following.effective_from <= version.effective_from:
        return (
            _(
                "제%(next)s판의 시행일(%(starts)s)은 제%(number)s판의 시행일(%(begins)s)보다 뒤여야 합니다. "
                "더 늦은 날을 적으십시오."
            )
            % names
        )
    if version.effective_until != following.effective_from:
        return (
            _(
                "제%(number)s판은 %(ends)s에 끝나는데 제%(next)s판은 %(starts)s에 시작합니다. "
                "빈 날이나 겹치는 날이 없어야 합니다."
            )
            % names
        )
    return ""


def closing_flaw(version: RuleVersion, until: date) -> str:
    """Why the version cannot end on `until`; empty when it can."""
    names = {"number": version.number, "begins": version.effective_from, "ends": version.effective_until}
    if version.status == RuleVersion.Status.DRAFT:
        return _("제%(number)s판은 초안이라 기간이 없습니다. 공표하거나 지우십시오.") % names
    if version.effective_until is not None:
        return _("제%(number)s판은 이미 %(ends)s에 끝났고 되돌릴 수 없습니다. 다음 판을 여십시오.") % names
    if version.effective_from is not None and until <= version.effective_from:
        return _("제%(number)s판은 %(begins)s에 시작합니다. 그보다 늦은 날에만 끝낼 수 있습니다.") % names
    return ""
