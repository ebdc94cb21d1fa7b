"""Pages being laid out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def rule_list(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return render(request, "base.html")


def rule_detail(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return render(request, "base.html")
