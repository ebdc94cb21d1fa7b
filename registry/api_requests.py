"""What every API request may say: the page it wants and the day it asks about."""

from datetime import date

from django.utils.timezone import localdate
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request

from registry.people.models import User

ON = OpenApiParameter("on", OpenApiTypes.DATE, description="The day asked about (YYYY-MM-DD); today when absent.")


class Pages(PageNumberPagination):
    """50 rows unless the request asks for another number."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 500


def text_filter(name: str, description: str, enum: list[str] | None = None) -> OpenApiParameter:
    """A query parameter of the schema that `chosen` reads."""
    return OpenApiParameter(name, OpenApiTypes.STR, description=description, enum=enum)


class Conflict(APIException):
    """Somebody else was faster; the caller should read again."""

    status_code = 409
    default_code = "conflict"


def user_of(request: Request) -> User:
    """The account behind the request; views of it require one."""
    assert isinstance(request.user, User)
    return request.user


def day_of(request: Request) -> date:
    """The day in `?on=`, or today; anything else is an error that says so."""
    text = request.query_params.get("on")
    if not text:
        return localdate()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValidationError({"on": f"{text!r} is not a day: write YYYY-MM-DD."}) from error


def chosen(request: Request, **columns: str) -> dict[str, str]:
    """The filters that the request names, as arguments for a queryset: `chosen(request, ministry="ministry__slug")`."""
    given = {name: request.query_params.get(name, "") for name in columns}
    return {columns[name]: value for name, value in given.items() if value}
