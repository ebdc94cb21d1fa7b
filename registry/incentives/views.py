"""Pages being laid out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def incentive_list(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return render(request, "base.html")


def incentive_detail(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return render(request, "base.html")


def act_timeline(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return render(request, "base.html")


def facility_incentives(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return render(request, "base.html")
