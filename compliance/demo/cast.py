"""The people and operators of the demonstration. All of them are invented."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from registry.audit.actions import record
from registry.models import Ministry, Operator, User
from registry.people.admin_site import ADMITTED

PASSWORD = "ilwon-demo-2026"  # known to everyone: the demo refuses to load where strangers can reach it


@dataclass(frozen=True)
class Company:
    """An operator and the site that its profile describes."""

    slug: str
    name_ko: str
    name_en: str
    site: str


@dataclass(frozen=True)
class Person:
    """An account, and what is worth seeing with it."""

    username: str
    display_name: str
    role: User.Role
    sees: object
    company: str = ""
    ministry: str = ""


COMPANIES = (
    Company("demo-portal", "누리포털(예시)", "Nuri Portal (illustrative)", "portal-sejong-campus"),
    Company("demo-colocation", "한빛데이터센터(예시)", "Hanbit Data Centres (illustrative)", "ansan-colocation"),
    Company("demo-ai-training", "남도에이아이(예시)", "Namdo AI (illustrative)", "jeonnam-ai-training"),
    Company("demo-builder", "왕숙클라우드(예시)", "Wangsuk Cloud (illustrative)", "namyangju-wangsuk-second"),
    Company("demo-edge", "골목엣지(예시)", "Golmok Edge (illustrative)", "office-edge"),
)

MANAGER, OFFICER = User.Role.MANAGER, User.Role.OFFICER
_REVIEWED = _("안산형 보고서의 검토")
PEOPLE = (
    Person(
        "demo-manager",
        "김시설",
        MANAGER,
        _("세종형 캠퍼스: 일부 답변한 점검표와 증빙"),
        company="demo-portal",
    ),
    Person("demo-manager-ansan", "박임대", MANAGER, _("안산형: 제출한 보고서와 보완 요구"), company="demo-colocation"),
    Person("demo-manager-jeonnam", "정학습", MANAGER, _("해남·장성형: 판단 불가와 특례"), company="demo-ai-training"),
    Person("demo-manager-wangsuk", "최건설", MANAGER, _("남양주 왕숙형: 건설 단계 의무"), company="demo-builder"),
    Person("demo-manager-edge", "이엣지", MANAGER, _("임차 사무실의 작은 센터"), company="demo-edge"),
    Person("demo-officer-nfa", "소방청 담당", OFFICER, _REVIEWED, ministry="nfa"),
    Person("demo-officer-molit", "국토교통부 담당", OFFICER, _REVIEWED, ministry="molit"),
    Person("demo-officer-mcee", "기후에너지환경부 담당", OFFICER, _REVIEWED, ministry="mcee"),
    Person("demo-officer-msit", "과학기술정보통신부 담당", OFFICER, _REVIEWED, ministry="msit"),
    Person("demo-officer-moel", "고용노동부 담당", OFFICER, _REVIEWED, ministry="moel"),
    Person("demo-officer-mois", "행정안전부 담당", OFFICER, _REVIEWED, ministry="mois"),
    Person("demo-rule-admin", "규정 관리자", User.Role.RULE_ADMIN, _("규정 관리: 초안, 미리보기, 공표, 마감")),
    Person("demo-platform-admin", "플랫폼 관리자", User.Role.PLATFORM_ADMIN, _("모든 데이터센터와 계정")),
    Person("demo-auditor", "감사", User.Role.AUDITOR, _("모든 것을 읽기만, 감사 기록 포함")),
)


@transaction.atomic
def engage(at: datetime) -> None:
    """Make the operators and accounts that are not there yet; those that are stay as they are."""
    for company in COMPANIES:
        names = {"name_ko": company.name_ko, "name_en": company.name_en}
        operator, is_new = Operator.objects.get_or_create(slug=company.slug, defaults=names)
        if is_new:
            record("operator.created", by=None, target=operator, data=names, at=at)
    present = set(User.objects.values_list("username", flat=True))
    missing = [person for person in PEOPLE if person.username not in present]
    hashed = make_password(PASSWORD) if missing else ""  # slow on purpose, so once for all: the password is no secret
    for person in missing:
        _engage(person, hashed, at)


def _engage(person: Person, hashed: str, at: datetime) -> None:
    user = User.objects.create(
        username=person.username,
        password=hashed,
        role=person.role,
        display_name=person.display_name,
        is_staff=person.role in ADMITTED,
        operator=Operator.objects.get(slug=person.company) if person.company else None,
        ministry=Ministry.objects.get(slug=person.ministry) if person.ministry else None,
    )
    record("user.created", by=None, target=user, data={"role": person.role}, at=at)


def who(username: str) -> User:
    return User.objects.select_related("operator", "ministry").get(username=username)


def manager_of(site: str) -> User:
    """The manager of the operator whose site this is."""
    company = next(row for row in COMPANIES if row.site == site)
    return who(next(person.username for person in PEOPLE if person.company == company.slug))


def officer_of(ministry: str) -> User | None:
    """The demo's officer of the ministry, where it has one."""
    return User.objects.filter(username=f"demo-officer-{ministry}").select_related("ministry").first()
