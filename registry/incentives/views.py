"""Pages of programmes, of those of a site, and of the making of the special act."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from registry.facilities.facts import facts_on
from registry.facilities.models import Facility
from registry.facilities.vocabulary import current_vocabulary
from registry.incentives.act_pages import act_page
from registry.incentives.models import Incentive, Legislation
from registry.incentives.pages import IncentivePage, ledger_of, titles_of
from registry.incentives.search import IncentiveSearch
from registry.people.requests import SignedInRequest
from registry.rules.search import current_versions

PAGE_SIZE = 30


@require_GET
def incentive_list(request: HttpRequest) -> HttpResponse:
    """Every programme, searched and filtered; htmx asks for the results alone."""
    on = localdate()
    search = IncentiveSearch.of(request.GET)
    page = Paginator(search.found(on), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [(incentive, incentive.status_on(on)) for incentive in page.object_list]
    context = {
        "page": page,
        "rows": rows,
        "search": search,
        "kinds": Incentive.Kind.choices,
        "statuses": Incentive.Status.choices,
    }
    template = "incentives/list.html#results" if request.headers.get("HX-Request") else "incentives/list.html"
    return render(request, template, context)


@require_GET
def incentive_detail(request: HttpRequest, slug: str) -> HttpResponse:
    incentive = get_object_or_404(Incentive.objects.select_related("ministry"), slug=slug)
    named = Incentive.objects.filter(slug__in=[*incentive.exclusive_with, incentive.replaced_by])
    page = IncentivePage(incentive, current_vocabulary(), localdate(), titles_of(named))
    rules = current_versions(localdate()).filter(rule__incentives=incentive).select_related("rule", "ministry")
    return render(request, "incentives/detail.html", {"page": page, "incentive": incentive, "rules": rules})


@require_GET
def act_timeline(request: HttpRequest) -> HttpResponse:
    act = Legislation.objects.select_related("ministry").order_by("pk").first()
    page = act_page(act, current_vocabulary(), localdate()) if act else None
    return render(request, "incentives/act.html", {"page": page})


@login_required
@require_GET
def facility_incentives(request: SignedInRequest, slug: str) -> HttpResponse:
    """What the site can claim on a day, today unless `?on=` names another."""
    facility = get_object_or_404(Facility.objects.visible_to(request.user).select_related("operator"), slug=slug)
    on = _day(request.GET.get("on", "")) or localdate()
    incentives = list(Incentive.objects.select_related("ministry"))
    ledger = ledger_of(facts_on(facility, on), incentives, current_vocabulary(), on)
    return render(request, "incentives/facility.html", {"facility": facility, "on": on, "ledger": ledger})


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
