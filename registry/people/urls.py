"""The person's own page."""

from django.urls import path

from registry.people import views

urlpatterns = [
    path("profile/", views.profile, name="profile"),
]
