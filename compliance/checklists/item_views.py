"""One item: looking at it, answering it, confirming it again."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from compliance.checklists.access import editable_item, editable_obligation, facility_of, may_edit, with_subject
from compliance.checklists.actions import (
    StaleItemError,
    answer_item,
    answer_obligation,
    clear_obligation_answer,
    reconfirm_item,
)
from compliance.checklists.evidence_models import Evidence
from compliance.checklists.forms import AnswerForm, EvidenceForm, LinkForm, RowVersionForm
from compliance.checklists.item_pages import ItemPage, ObligationLine, item_page
from compliance.checklists.models import Item
from registry.people.requests import SignedInRequest


@login_required
@require_GET
def item_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    get_object_or_404(Item.objects.visible_to(request.user), pk=pk)
    return show_item(request, pk)


@login_required
@require_POST
def item_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Answer for every obligation beneath; when someone was faster, show both answers and lose neither."""
    item = editable_item(request.user, pk)
    page = read_item(request, item)
    form = AnswerForm(request.POST, limits=page.limits)
    if not form.is_valid():
        return show_item(request, pk, answer_form=form)

    def save() -> object:
        version = form.cleaned_data["row_version"]
        return answer_item(item, form.entry, by=request.user, at=now(), row_version=version)

    return _settle(request, item, save, _("답변을 저장했습니다."), answer_form=form)


@login_required
@require_POST
def item_reconfirm(request: SignedInRequest, pk: int) -> HttpResponse:
    item = editable_item(request.user, pk)
    form = RowVersionForm(request.POST)
    if not form.is_valid():
        return show_item(request, pk)

    def save() -> object:
        return reconfirm_item(item, by=request.user, at=now(), row_version=form.cleaned_data["row_version"])

    return _settle(request, item, save, _("바뀐 법령에도 답변이 그대로임을 확인했습니다."))


@login_required
@require_POST
def obligation_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Answer one obligation apart from its item."""
    obligation = editable_obligation(request.user, pk)
    page = read_item(request, obligation.item)
    limits = [line.limit for line in page.lines if line.limit and line.obligation.pk == pk]
    form = AnswerForm(request.POST, limits=limits, name=f"obligation-{pk}")
    if not form.is_valid():
        return show_item(request, obligation.item_id, apart_form=form, apart_pk=pk)

    def save() -> object:
        version = form.cleaned_data["row_version"]
        return answer_obligation(obligation, form.entry, by=request.user, at=now(), row_version=version)

    text = _("이 의무만 따로 답변했습니다.")
    return _settle(request, obligation.item, save, text, apart_form=form, apart_pk=pk)


@login_required
@require_POST
def obligation_clear(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let the item's answer count for the obligation again."""
    obligation = editable_obligation(request.user, pk)
    form = RowVersionForm(request.POST)
    if not form.is_valid():
        return show_item(request, obligation.item_id)

    def save() -> object:
        version = form.cleaned_data["row_version"]
        return clear_obligation_answer(obligation, by=request.user, at=now(), row_version=version)

    return _settle(request, obligation.item, save, _("따로 한 답변을 지우고 항목의 답변을 따릅니다."))


def _settle(request: SignedInRequest, item: Item, save: Callable[[], object], done: str, **forms: Any) -> HttpResponse:
    """Save and go on, or show that someone else was faster."""
    try:
        save()
    except StaleItemError:
        return show_item(request, item.pk, is_conflict=True, **forms)
    if request.headers.get("HX-Request"):
        return show_item(request, item.pk, notice=done)
    messages.success(request, done)
    return redirect("item-detail", item.pk)


def read_item(request: SignedInRequest, item: Item) -> ItemPage:
    facility = facility_of(item, request.user, request.GET.get("facility", ""))
    return item_page(item, facility, localdate())


def show_item(
    request: SignedInRequest,
    pk: int,
    *,
    answer_form: AnswerForm | None = None,
    apart_form: AnswerForm | None = None,
    apart_pk: int | None = None,
    is_conflict: bool = False,
    evidence_form: EvidenceForm | None = None,
    notice: str = "",
) -> HttpResponse:
    """The item as it is now, with whatever the manager had entered and could not be taken yet."""
    rows = with_subject(Item.objects.visible_to(request.user)).select_related("answer__answered_by")
    item = rows.get(pk=pk)
    page = read_item(request, item)
    context = {
        "page": page,
        "item": item,
        "facility": page.facility,
        "may_edit": may_edit(request.user),
        "form": _renewed(answer_form, item, page) if answer_form else _answer_form(page),
        "lines": [(line, _apart_form(line, apart_form, apart_pk, item)) for line in page.lines],
        "evidence_form": evidence_form or EvidenceForm(auto_id="evidence-%s"),
        "link_form": LinkForm(offered=offered_evidence(page)),
        "is_conflict": is_conflict,
        "entry_is_kept": bool(answer_form or apart_form),
        "notice": notice,
        "on": localdate(),
    }
    is_partial = bool(request.headers.get("HX-Request"))
    template = "checklists/item.html#body" if is_partial else "checklists/item.html"
    # htmx shows only what succeeded; everyone else is told by the status.
    return render(request, template, context, status=409 if is_conflict and not is_partial else 200)


def offered_evidence(page: ItemPage) -> Any:
    """Documents of the operator that the item does not use yet."""
    used = [row.pk for row in page.evidence]
    return Evidence.objects.filter(operator=page.facility.operator, withdrawn_at=None).exclude(pk__in=used)


def _answer_form(page: ItemPage) -> AnswerForm:
    return AnswerForm(limits=page.limits, answer=page.item.answer, row_version=page.item.row_version)


def _apart_form(line: ObligationLine, sent: AnswerForm | None, sent_pk: int | None, item: Item) -> AnswerForm:
    limits = [line.limit] if line.limit else []
    name = f"obligation-{line.obligation.pk}"
    if sent is not None and sent_pk == line.obligation.pk:
        return AnswerForm(_with_version(sent, item), limits=limits, name=name)
    return AnswerForm(limits=limits, answer=line.obligation.answer, row_version=item.row_version, name=name)


def _renewed(sent: AnswerForm, item: Item, page: ItemPage) -> AnswerForm:
    """The manager's entry, ready to be sent again on top of what is there now."""
    return AnswerForm(_with_version(sent, item), limits=page.limits)


def _with_version(sent: AnswerForm, item: Item) -> QueryDict:
    assert isinstance(sent.data, QueryDict)  # it came from a request
    data = sent.data.copy()
    data["row_version"] = str(item.row_version)
    return data
