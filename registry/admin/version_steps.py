"""Steps of a rule version: next draft, preview, publish, close. Each has its own address and its own question."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from registry.admin.consequences import consequences_of
from registry.admin.roles import RoleAdmin
from registry.admin.version_forms import CloseForm, NextDraftForm, PublishForm
from registry.catalogue.loading import note_revision
from registry.conditions import ConditionError
from registry.facilities.models import Facility
from registry.language import active_language
from registry.people.models import User
from registry.rules.actions import close_version, create_draft, publish_version, update_draft
from registry.rules.models import RuleVersion
from registry.rules.preview import preview_publish
from registry.rules.validation import RuleActionError

if TYPE_CHECKING:
    _Admin = RoleAdmin[RuleVersion]
else:
    _Admin = object

DRAFT, PUBLISHED = RuleVersion.Status.DRAFT, RuleVersion.Status.PUBLISHED


@dataclass(frozen=True)
class Step:
    """A button on the page of a version."""

    name: str
    label: Any
    is_main: bool = False


NEXT = Step("next", gettext_lazy("다음 판 초안 만들기"))
PREVIEW = Step("preview", gettext_lazy("미리보기"))
PUBLISH = Step("publish", pgettext_lazy("step", "공표"), is_main=True)
CLOSE = Step("close", pgettext_lazy("step", "마감"))


class VersionSteps(_Admin):
    """The views of the steps, mixed into the admin page of versions."""

    def get_urls(self) -> list[URLPattern]:
        views = {
            NEXT: self.next_step,
            PREVIEW: self.preview_step,
            PUBLISH: self.publish_step,
            CLOSE: self.close_step,
        }
        wrap = self.admin_site.admin_view
        own = [
            path(f"<int:pk>/{step.name}/", wrap(view), name=f"ruleversion-{step.name}") for step, view in views.items()
        ]
        return own + super().get_urls()

    def render_change_form(self, request: Any, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        version = kwargs.get("obj")
        context["steps"] = self.steps_of(version, may_edit=self.may_edit(request)) if version else []
        return super().render_change_form(request, context, *args, **kwargs)

    def steps_of(self, version: RuleVersion, *, may_edit: bool) -> list[Step]:
        """What can be done with the version now."""
        if version.status == DRAFT:
            return [PREVIEW, PUBLISH] if may_edit else [PREVIEW]
        if not may_edit:
            return []
        return [NEXT, CLOSE] if version.status == PUBLISHED else [NEXT]

    # ---- Views ----
    def next_step(self, request: HttpRequest, pk: int) -> HttpResponse:
        version, by = self._version(pk), self._editor(request)
        form = NextDraftForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            changes = {"effective_from": form.cleaned_data["effective_from"]}
            draft = self._try(request, lambda: create_draft(version.rule, based_on=version, changes=changes, by=by))
            if draft is not None:
                messages.success(request, _("제%(number)s판의 초안을 만들었습니다.") % {"number": draft.number})
                return redirect(_page_of(draft))
        drafts = RuleVersion.objects.filter(rule=version.rule, status=DRAFT)
        return self._ask(request, version, NEXT, form, drafts=drafts)

    def preview_step(self, request: HttpRequest, pk: int) -> HttpResponse:
        version = self._version(pk, DRAFT)
        return self._ask(request, version, PREVIEW, None, **_foreseen(request, version, localdate()))

    def publish_step(self, request: HttpRequest, pk: int) -> HttpResponse:
        version, by = self._version(pk, DRAFT), self._editor(request)
        form = PublishForm(
            request.POST if request.method == "POST" else None,
            rule=version.rule,
            number=version.number,
            initial={"effective_from": version.effective_from},
        )
        if form.is_valid():
            starts = form.cleaned_data["effective_from"]
            if self._try(request, lambda: _publish(version, starts=starts, by=by)) is not None:
                messages.success(request, _("제%(number)s판을 공표했습니다.") % {"number": version.number})
                return redirect(_page_of(version))
        return self._ask(request, version, PUBLISH, form, **_foreseen(request, version, localdate()))

    def close_step(self, request: HttpRequest, pk: int) -> HttpResponse:
        version, by = self._version(pk, PUBLISHED), self._editor(request)
        form = CloseForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            until = form.cleaned_data["effective_until"]
            if self._try(request, lambda: _close(version, until=until, by=by)) is not None:
                messages.success(request, _("%(day)s에 끝나는 것으로 마감했습니다.") % {"day": until})
                return redirect(_page_of(version))
        return self._ask(request, version, CLOSE, form)

    # ---- What they share ----
    def _version(self, pk: int, status: str = "") -> RuleVersion:
        versions = RuleVersion.objects.select_related("rule__topic", "ministry")
        version = versions.filter(pk=pk, **({"status": status} if status else {})).first()
        if version is None:
            raise Http404
        return version

    def _editor(self, request: HttpRequest) -> User:
        if not self.may_edit(request) or not isinstance(request.user, User):
            raise PermissionDenied
        return request.user

    def _try(self, request: HttpRequest, act: Callable[[], RuleVersion]) -> RuleVersion | None:
        """The result of the action, or None after its objections have been shown."""
        try:
            return act()
        except RuleActionError as error:
            for flaw in error.flaws:
                messages.error(request, flaw)
            return None

    def _ask(
        self, request: HttpRequest, version: RuleVersion, step: Step, form: forms.Form | None, **more: Any
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": step.label,
            "subtitle": str(version),
            "opts": self.opts,
            "version": version,
            "open_version": RuleVersion.objects.filter(rule=version.rule, status=PUBLISHED).first(),
            "step": step,
            "form": form,
            "may_edit": self.may_edit(request),
            **more,
        }
        return render(request, "admin/registry/ruleversion/step.html", context)


@transaction.atomic
def _publish(version: RuleVersion, *, starts: date | None, by: User) -> RuleVersion:
    if starts != version.effective_from:
        version = update_draft(version, changes={"effective_from": starts}, by=by)
    version = publish_version(version, by=by)
    note_revision(by=by, at=timezone.now())
    return version


@transaction.atomic
def _close(version: RuleVersion, *, until: date, by: User) -> RuleVersion:
    version = close_version(version, until=until, by=by)
    note_revision(by=by, at=timezone.now())
    return version


def _foreseen(request: HttpRequest, version: RuleVersion, on: date) -> dict[str, Any]:
    """The preview and what else follows; a condition that cannot be read is told instead."""
    try:
        preview = preview_publish(version, Facility.objects.all(), on)
    except ConditionError as error:
        messages.error(request, _("적용 조건: %(reason)s") % {"reason": error.describe(active_language())})
        return {"on": on}
    groups = [
        ("applies", _("새로 적용"), preview.gains),
        ("does_not_apply", _("적용에서 빠짐"), preview.loses),
        ("keeps", _("계속 적용"), preview.keeps),
        ("undetermined", _("판단 불가"), preview.undetermined),
    ]
    return {"on": on, "groups": groups, "preview": preview, "consequences": consequences_of(version)}


def _page_of(version: RuleVersion) -> str:
    return reverse("admin:registry_ruleversion_change", args=[version.pk])
