"""Pages of `registry`."""

from django.urls import URLPattern, URLResolver, include, path

from registry.front_page import home

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("", include("registry.people.urls")),
    path("", include("registry.facilities.urls")),
    path("", include("registry.rules.urls")),
    path("", include("registry.incentives.urls")),
]
