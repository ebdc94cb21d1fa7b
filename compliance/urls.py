"""Pages of `compliance`."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("compliance.archive.urls")),
    path("", include("compliance.checklists.urls")),
    path("api/", include("compliance.api")),
    path("", include("compliance.dossiers.urls")),
    path("", include("compliance.reviews.urls")),
]
