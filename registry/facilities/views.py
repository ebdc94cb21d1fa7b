"""Pages being laid out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def facility_list(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return render(request, "base.html")


def facility_create(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return render(request, "base.html")


def facility_detail(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return render(request, "base.html")


def building_add(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return render(request, "base.html")


def building_rename(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return render(request, "base.html")


def facility_facts(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return render(request, "base.html")


def fact_history(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return render(request, "base.html")
