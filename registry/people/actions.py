"""Changing an account by its own holder."""

from django.db import transaction

from registry.audit.actions import record
from registry.people.models import User


@transaction.atomic
def change_profile(user: User, *, display_name: str, email: str, by: User) -> None:
    """Write name and e-mail address of the account."""
    user.display_name = display_name
    user.email = email
    user.save(update_fields=["display_name", "email"])
    record("user.profile_changed", by=by, target=user, data={"display_name": display_name})
