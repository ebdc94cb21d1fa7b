"""Incentives, those of one facility, and the making of the special act."""

from django.urls import path

from registry.incentives import views

urlpatterns = [
    path("incentives/", views.incentive_list, name="incentive-list"),
    path("incentives/<slug:slug>/", views.incentive_detail, name="incentive-detail"),
    path("act/", views.act_timeline, name="act-timeline"),
    path("facilities/<slug:slug>/incentives/", views.facility_incentives, name="facility-incentives"),
]
