"""Posting a fact form as a browser does: every field of the page, with what was changed in it."""

from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

from django.test import Client

from registry.facilities.subjects import subject_key
from registry.models import Building, Facility, Operator


class _Inputs(HTMLParser):
    """Names and values of the inputs of one form, as a browser would send them."""

    def __init__(self, subject: str) -> None:
        super().__init__()
        self.subject = subject
        self.values: dict[str, str] = {}
        self._form: dict[str, str] = {}
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "form":
            self._form = {}
        elif tag == "select":
            self._select = name
            self._form.setdefault(name, "")
        elif tag == "option" and "selected" in given:
            self._form[self._select] = value
        elif tag == "input" and name and (given.get("type") not in ("checkbox", "radio") or "checked" in given):
            self._form[name] = value

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self._form.get("for") == self.subject:
            self.values = self._form


def open_form(client: Client, address: str, subject: Operator | Facility | Building) -> dict[str, str]:
    """The fields of the subject's form on the page."""
    inputs = _Inputs(subject_key(subject))
    inputs.feed(client.get(address).content.decode())
    return inputs.values


def save_form(client: Client, address: str, form: Mapping[str, str], **changes: Any) -> Any:
    """Send the form with some facts changed; `None` as a value takes the field away."""
    data = {**form, **{key if key in form else f"fact-{key}": value for key, value in changes.items()}}
    return client.post(address, data)
