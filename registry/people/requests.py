"""What a view behind `login_required` is given."""

from django.http import HttpRequest

from registry.people.models import User


class SignedInRequest(HttpRequest):
    """A request whose user is a person, not an anonymous visitor."""

    user: User
