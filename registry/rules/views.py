"""The public rule catalogue."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from registry.rules.assessment import current_vocabulary
from registry.rules.models import Rule, RuleVersion, Topic
from registry.rules.pages import version_pages
from registry.rules.search import RuleSearch
from registry.statutes.models import Ministry

PAGE_SIZE = 30


@require_GET
def rule_list(request: HttpRequest) -> HttpResponse:
    """Every rule by its current version, searched and filtered; htmx asks for the results alone."""
    search = RuleSearch.of(request.GET)
    found = search.found(localdate()).select_related("rule__topic", "ministry").prefetch_related("citations__statute")
    paginator = Paginator(found.order_by("rule__topic__group__order", "rule__topic__order", "rule__slug"), PAGE_SIZE)
    context = {"page": paginator.get_page(request.GET.get("page")), "search": search, "on": localdate()}
    if request.headers.get("HX-Request"):
        return render(request, "rules/list.html#results", context)
    return render(request, "rules/list.html", {**context, **_filters()})


def _filters() -> dict[str, object]:
    return {
        "ministries": Ministry.objects.filter(rule_versions__isnull=False).distinct(),
        "topics": Topic.objects.select_related("group"),
        "domains": Rule.Domain.choices,
        "confidences": RuleVersion.Confidence.choices,
        "bindings": RuleVersion.Binding.choices,
    }


@require_GET
def rule_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One rule with all its published versions; a rule that is only drafted is not there yet."""
    rule = get_object_or_404(Rule.objects.select_related("topic__group"), slug=slug)
    pages = version_pages(rule, current_vocabulary(), localdate())
    if not pages:
        raise Http404
    incentives = rule.incentives.all()
    return render(request, "rules/detail.html", {"rule": rule, "pages": pages, "incentives": incentives})
