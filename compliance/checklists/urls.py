"""Pages of checklists, items, evidence and calendars."""

from django.urls import path

from compliance.checklists import calendar_views, evidence_views, item_views, views

urlpatterns = [
    path("facilities/<slug:slug>/checklist/", views.checklist_detail, name="checklist-detail"),
    path("facilities/<slug:slug>/checklist/open/", views.checklist_open, name="checklist-open"),
    path("facilities/<slug:slug>/checklist/reconcile/", views.checklist_reconcile, name="checklist-reconcile"),
    path("facilities/<slug:slug>/calendar/", calendar_views.calendar, name="calendar"),
    path("occurrences/<int:pk>/complete/", calendar_views.occurrence_complete, name="occurrence-complete"),
    path("commitments/<int:pk>/complete/", calendar_views.commitment_complete, name="commitment-complete"),
    path("items/<int:pk>/", item_views.item_detail, name="item-detail"),
    path("items/<int:pk>/answer/", item_views.item_answer, name="item-answer"),
    path("items/<int:pk>/reconfirm/", item_views.item_reconfirm, name="item-reconfirm"),
    path("obligations/<int:pk>/answer/", item_views.obligation_answer, name="obligation-answer"),
    path("obligations/<int:pk>/clear/", item_views.obligation_clear, name="obligation-clear"),
    path("facilities/<slug:slug>/evidence/", evidence_views.evidence_list, name="evidence-list"),
    path("items/<int:pk>/evidence/", evidence_views.evidence_upload, name="evidence-upload"),
    path("items/<int:pk>/evidence/link/", evidence_views.evidence_link, name="evidence-link"),
    path("items/<int:pk>/evidence/<int:evidence_pk>/unlink/", evidence_views.evidence_unlink, name="evidence-unlink"),
    path("evidence/<int:pk>/file/", evidence_views.evidence_download, name="evidence-download"),
    path("evidence/<int:pk>/withdraw/", evidence_views.evidence_withdraw, name="evidence-withdraw"),
]
