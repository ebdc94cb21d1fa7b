"""Addresses of the archive."""

from django.urls import path

from compliance.archive import views

urlpatterns = [
    path("archive/", views.archive_list, name="archive-list"),
    path("dossiers/<str:number>/archive/", views.dossier_archive, name="dossier-archive"),
    path("dossiers/<str:number>/archive/hold/", views.dossier_hold, name="dossier-hold"),
    path("dossiers/<str:number>/archive/lift/", views.dossier_hold_lift, name="dossier-hold-lift"),
    path("dossiers/<str:number>/archive/export.zip", views.dossier_export, name="dossier-export"),
]
