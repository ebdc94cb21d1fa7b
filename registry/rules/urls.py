"""The public rule catalogue."""

from django.urls import path

from registry.rules import views

urlpatterns = [
    path("rules/", views.rule_list, name="rule-list"),
    path("rules/<slug:slug>/", views.rule_detail, name="rule-detail"),
]
