"""Pages of facilities and their facts."""

from django.urls import path

from registry.facilities import fact_views, views

urlpatterns = [
    path("facilities/", views.facility_list, name="facility-list"),
    path("facilities/new/", views.facility_create, name="facility-create"),
    path("facilities/<slug:slug>/", views.facility_detail, name="facility-detail"),
    path("facilities/<slug:slug>/buildings/", views.building_add, name="building-add"),
    path("buildings/<int:pk>/", views.building_rename, name="building-rename"),
    path("facilities/<slug:slug>/facts/", fact_views.facility_facts, name="facility-facts"),
    path("facilities/<slug:slug>/facts/history/<slug:key>/", fact_views.fact_history, name="fact-history"),
]
