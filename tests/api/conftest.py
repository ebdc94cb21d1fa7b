"""A client that speaks for somebody, by token as a script would."""

from collections.abc import Callable

import pytest
from rest_framework.authtoken.models import Token
from rest_framework.test import APIClient

from registry.models import User


@pytest.fixture
def speaking_for(db: None) -> Callable[[User], APIClient]:
    def client_of(user: User) -> APIClient:
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Token {Token.objects.get_or_create(user=user)[0].key}")
        return client

    return client_of
