"""Pages of `registry`."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("registry.people.urls")),
    path("", include("registry.facilities.urls")),
    path("", include("registry.rules.urls")),
    path("", include("registry.incentives.urls")),
]
