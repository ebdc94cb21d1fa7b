"""The shipped catalogue, in memory and in the test database."""

from functools import cache

from django.utils import timezone

from registry.catalogue.entries import Catalogue
from registry.catalogue.loading import LoadReport, load_catalogue
from registry.catalogue.reading import SHIPPED, read_catalogue


@cache
def shipped_catalogue() -> Catalogue:
    """Read once per test process."""
    return read_catalogue(SHIPPED)


def load_shipped_catalogue() -> LoadReport:
    """All facts, topics, ministries, rules and incentives into the test database (about a second)."""
    return load_catalogue(shipped_catalogue(), by=None, at=timezone.now())
