"""The demonstration from its first day to the day of loading, in the order of the calendar."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from compliance.checklists.reconcile import open_checklist, reconcile
from compliance.demo import answers
from compliance.demo.calendar import DemoCalendar
from compliance.demo.cast import COMPANIES, engage, manager_of
from compliance.demo.reviewing import submit_and_review
from compliance.demo.sites import lay_out_sites
from compliance.dossiers.actions import issue_dossier
from compliance.dossiers.queue import enqueue_render
from compliance.models import Dossier
from registry.models import Facility

CAMPUS, COLOCATION = "portal-sejong-campus", "ansan-colocation"
# Days ago on which each checklist was opened; what was due since then must have been done.
OPENED = {CAMPUS: 240, COLOCATION: 90, "jeonnam-ai-training": 40, "namyangju-wangsuk-second": 40, "office-edge": 40}


def is_loaded() -> bool:
    return Facility.objects.filter(slug__in=[company.site for company in COMPANIES]).exists()


@transaction.atomic
def tell_story(today: date) -> None:
    """All of it, once: a demo that is there is left as its visitors have made it."""
    calendar = DemoCalendar(today)
    engage(calendar.at(260))
    if is_loaded():
        return
    lay_out_sites(known_from=calendar.day(400), at=calendar.at(259, 13))
    _campus_begins(calendar)
    _colocation_answers(calendar)
    _others_begin(calendar)
    reviewed = submit_and_review(_site(COLOCATION), calendar)
    current = _today(calendar)
    for dossier in (reviewed, current):
        enqueue_render(dossier, at=timezone.now())


def _site(slug: str) -> Facility:
    return Facility.objects.select_related("operator").get(slug=slug)


def _open(slug: str, calendar: DemoCalendar) -> Facility:
    facility, ago = _site(slug), OPENED[slug]
    open_checklist(facility, by=manager_of(slug), on=calendar.day(ago), at=calendar.at(ago))
    return facility


def _campus_begins(calendar: DemoCalendar) -> None:
    """Opened eight months ago, half answered since; some of the law has changed after that."""
    campus, manager = _open(CAMPUS, calendar), manager_of(CAMPUS)
    answers.answer_items(campus, answers.HALF_DONE, by=manager, calendar=calendar, ago=200)
    answers.answer_one_apart(campus, by=manager, calendar=calendar, ago=199)
    answers.attach_evidence(campus, by=manager, calendar=calendar, ago=198, count=9)
    answers.attach_photograph(campus, by=manager, calendar=calendar, ago=197)


def _colocation_answers(calendar: DemoCalendar) -> None:
    site, manager = _open(COLOCATION, calendar), manager_of(COLOCATION)
    answers.answer_items(site, answers.NEARLY_DONE, by=manager, calendar=calendar, ago=60)
    answers.attach_evidence(site, by=manager, calendar=calendar, ago=55, count=5)


def _others_begin(calendar: DemoCalendar) -> None:
    for slug in sorted(OPENED.keys() - {CAMPUS, COLOCATION}):
        _open(slug, calendar)


def _today(calendar: DemoCalendar) -> Dossier:
    """Bring every checklist up to today; the campus has most of its duties done and a first dossier drawn up."""
    for slug in OPENED:
        facility, manager = _site(slug), manager_of(slug)
        reconcile(facility, by=manager, on=calendar.today)
        leave_every = 6 if slug == CAMPUS else 0
        answers.do_what_was_due(facility, by=manager, calendar=calendar, leave_every=leave_every)
    return issue_dossier(_site(CAMPUS), on=calendar.today, by=manager_of(CAMPUS), at=timezone.now())
