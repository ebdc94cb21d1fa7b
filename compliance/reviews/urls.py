"""Addresses of reviews and findings."""

from django.urls import path

from compliance.reviews import dossier_views, finding_views, inspection_views, letter_views, views

urlpatterns = [
    path("reviews/", views.review_list, name="review-list"),
    path("reviews/<int:pk>/", views.review_detail, name="review-detail"),
    path("reviews/<int:pk>/decide/", views.review_decide, name="review-decide"),
    path("reviews/<int:pk>/findings/", finding_views.finding_raise, name="finding-raise"),
    path("reviews/<int:pk>/evidence/<int:evidence_pk>/", views.review_evidence, name="review-evidence"),
    path("reviews/<int:pk>/inspections/", inspection_views.inspection_plan, name="inspection-plan"),
    path("reviews/<int:pk>/letter.pdf", letter_views.review_letter, name="review-letter"),
    path("inspections/<int:pk>/", inspection_views.inspection_detail, name="inspection-detail"),
    path("inspections/<int:pk>/record/", inspection_views.inspection_record, name="inspection-record"),
    path("inspections/<int:pk>/photos/", inspection_views.inspection_photo, name="inspection-photo"),
    path("inspections/<int:pk>/sign/", inspection_views.inspection_sign, name="inspection-sign"),
    path("findings/<int:pk>/reply/", finding_views.finding_reply, name="finding-reply"),
    path("findings/<int:pk>/extend/", finding_views.finding_extend, name="finding-extend"),
    path("findings/<int:pk>/reopen/", finding_views.finding_reopen, name="finding-reopen"),
    path("findings/<int:pk>/resolve/", finding_views.finding_resolve, name="finding-resolve"),
    path("dossiers/<str:number>/reviews/", dossier_views.dossier_reviews, name="dossier-reviews"),
    path("dossiers/<str:number>/submit/", dossier_views.dossier_submit, name="dossier-submit"),
]
