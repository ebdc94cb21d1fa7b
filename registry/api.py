"""What the API says about what is: the law, the programmes, the facilities and their facts."""

from rest_framework.routers import BaseRouter

from registry.facilities.api import FacilityViewSet, FactDefinitionViewSet
from registry.incentives.api import IncentiveViewSet
from registry.rules.api import MinistryViewSet, RuleVersionViewSet, RuleViewSet, TopicViewSet


def register(router: BaseRouter) -> None:
    """Add the routes of `registry`."""
    router.register("ministries", MinistryViewSet, basename="api-ministry")
    router.register("topics", TopicViewSet, basename="api-topic")
    router.register("rules", RuleViewSet, basename="api-rule")
    router.register("rule-versions", RuleVersionViewSet, basename="api-rule-version")
    router.register("facts", FactDefinitionViewSet, basename="api-fact")
    router.register("incentives", IncentiveViewSet, basename="api-incentive")
    router.register("facilities", FacilityViewSet, basename="api-facility")
