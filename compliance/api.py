"""The API: one router over both apps, its schema, and the way to a token. docs/api.md explains it."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.authtoken.views import ObtainAuthToken
from rest_framework.routers import DefaultRouter

from compliance.checklists.api import EvidenceViewSet, ItemViewSet, ObligationViewSet
from compliance.dossiers.api import DossierViewSet
from compliance.reviews.api import ReviewViewSet
from registry.api import register

router = DefaultRouter()
router.include_format_suffixes = False
register(router)
router.register("items", ItemViewSet, basename="api-item")
router.register("obligations", ObligationViewSet, basename="api-obligation")
router.register("evidence", EvidenceViewSet, basename="api-evidence")
router.register("dossiers", DossierViewSet, basename="api-dossier")
router.register("reviews", ReviewViewSet, basename="api-review")

urlpatterns = [
    path("token/", ObtainAuthToken.as_view(), name="api-token"),
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("", include(router.urls)),
]
