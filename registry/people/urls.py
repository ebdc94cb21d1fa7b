"""The front page and the person's own page."""

from django.urls import path

from registry.people import views

urlpatterns = [
    path("", views.home, name="home"),
    path("profile/", views.profile, name="profile"),
]
