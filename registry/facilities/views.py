"""Pages of sites and their buildings."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from registry.facilities.actions import add_building, create_facility, rename_building
from registry.facilities.fact_desk import open_desk
from registry.facilities.fact_views import sites_of
from registry.facilities.forms import BuildingForm, FacilityForm
from registry.facilities.models import Building, Facility
from registry.facilities.overviews import recorded_fact_counts
from registry.people.requests import SignedInRequest

PAGE_SIZE = 20


@login_required
@require_GET
def facility_list(request: SignedInRequest) -> HttpResponse:
    """The sites that the user may see, found by name or operator."""
    sought = request.GET.get("q", "").strip()
    rows = Facility.objects.visible_to(request.user).select_related("operator")
    if sought:
        rows = rows.filter(
            Q(name_ko__icontains=sought) | Q(name_en__icontains=sought) | Q(operator__name_ko__icontains=sought)
        )
    paginator = Paginator(rows.annotate(building_count=Count("buildings")).order_by("name_ko", "pk"), PAGE_SIZE)
    page = paginator.get_page(request.GET.get("page"))
    counts = recorded_fact_counts(page.object_list, localdate())
    found = [(facility, counts[facility.pk]) for facility in page.object_list]
    may_create = request.user.is_manager or request.user.is_platform_admin
    return render(
        request,
        "facilities/list.html",
        {"page": page, "found": found, "sought": sought, "may_create": may_create},
    )


@login_required
@require_http_methods(["GET", "POST"])
def facility_create(request: SignedInRequest) -> HttpResponse:
    user = request.user
    if not (user.is_manager or user.is_platform_admin):
        raise PermissionDenied
    form = FacilityForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        facility = create_facility(by=user, **{"operator": user.operator, **form.cleaned_data})
        messages.success(request, _("데이터센터를 만들었습니다. 이제 제원을 적으십시오."))
        return redirect("facility-facts", facility.slug)
    return render(request, "facilities/create.html", {"form": form})


@login_required
@require_GET
def facility_detail(request: SignedInRequest, slug: str) -> HttpResponse:
    facility = get_object_or_404(sites_of(request), slug=slug)
    page = {
        "facility": facility,
        "desk": open_desk(facility, localdate()),
        "may_edit": Facility.objects.editable_by(request.user).filter(pk=facility.pk).exists(),
    }
    return render(request, "facilities/detail.html", page)


@login_required
@require_http_methods(["GET", "POST"])
def building_add(request: SignedInRequest, slug: str) -> HttpResponse:
    facility = get_object_or_404(Facility.objects.editable_by(request.user), slug=slug)
    form = BuildingForm(facility, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        building = add_building(facility=facility, name=form.cleaned_data["name"], by=request.user)
        messages.success(request, _("%s을(를) 더했습니다.") % building.name)
        return redirect("facility-detail", facility.slug)
    return render(request, "facilities/building.html", {"facility": facility, "form": form})


@login_required
@require_http_methods(["GET", "POST"])
def building_rename(request: SignedInRequest, pk: int) -> HttpResponse:
    sites = Facility.objects.editable_by(request.user)
    building = get_object_or_404(Building.objects.select_related("facility").filter(facility__in=sites), pk=pk)
    form = BuildingForm(building.facility, building, request.POST or None)
    if request.method == "POST" and form.is_valid():
        rename_building(building=building, name=form.cleaned_data["name"], by=request.user)
        messages.success(request, _("이름을 바꿨습니다."))
        return redirect("facility-detail", building.facility.slug)
    page = {"facility": building.facility, "building": building, "form": form}
    return render(request, "facilities/building.html", page)
