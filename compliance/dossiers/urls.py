"""Addresses of dossiers and of their verification."""

from django.urls import path

from compliance.dossiers import edition_views, verify_views, views

urlpatterns = [
    path("facilities/<slug:slug>/dossiers/", views.dossier_list, name="dossier-list"),
    path("facilities/<slug:slug>/dossiers/new/", views.dossier_create, name="dossier-create"),
    path("dossiers/<str:number>/", views.dossier_detail, name="dossier-detail"),
    path("dossiers/<str:number>/progress/", views.dossier_progress, name="dossier-progress"),
    path("dossiers/<str:number>/render/", views.dossier_render, name="dossier-render"),
    path("dossiers/<str:number>/cancel/", views.dossier_cancel, name="dossier-cancel"),
    path("dossiers/<str:number>/pdf/", views.dossier_pdf, name="dossier-pdf"),
    path("dossiers/<str:number>/snapshot.json", views.dossier_snapshot, name="dossier-snapshot"),
    path("dossiers/<str:number>/editions/", edition_views.dossier_editions, name="dossier-editions"),
    path("dossiers/<str:number>/editions/<str:edition>/pdf/", edition_views.dossier_edition, name="dossier-edition"),
    path(
        "dossiers/<str:number>/editions/<str:edition>/render/",
        edition_views.dossier_edition_render,
        name="dossier-edition-render",
    ),
    path("verify/", verify_views.verify_page, name="verify"),
    path("verify/<str:number>/", verify_views.verify_number, name="verify-number"),
]
