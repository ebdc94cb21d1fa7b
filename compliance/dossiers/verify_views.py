"""Public verification, by number or with the file. Of the facility nothing is told, only whether a dossier is real."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from compliance.dossiers.models import Dossier
from compliance.dossiers.verification import Verdict, later_round_of, verify
from registry.models import User

NUMBER_LENGTH = 30


@never_cache
@require_http_methods(["GET", "POST"])
def verify_page(request: HttpRequest) -> HttpResponse:
    """Asks for a number or a file; a number leads to its own page, a file is judged at once and not kept."""
    if number := request.GET.get("number", "").strip().upper():
        return redirect("verify-number", number[:NUMBER_LENGTH].replace("/", ""))
    file = request.FILES.get("file")
    if request.method == "GET" or file is None:
        error = _("PDF 파일을 고르십시오.") if request.method == "POST" else ""
        return render(request, "dossiers/verify.html", {"error": error, "limit": settings.ILWON_MAX_VERIFY_BYTES})
    if file.size is None or file.size > settings.ILWON_MAX_VERIFY_BYTES:
        error = _("파일이 너무 큽니다. 명령 verify_dossier로 검증하십시오.")
        context = {"error": error, "limit": settings.ILWON_MAX_VERIFY_BYTES}
        return render(request, "dossiers/verify.html", context, status=413)
    context = {"verdict": _verdict_for(request, file.read()), "limit": settings.ILWON_MAX_VERIFY_BYTES}
    return render(request, "dossiers/verify.html", context)


def _verdict_for(request: HttpRequest, content: bytes) -> Verdict:
    """Who may see the dossier hears where it differs; everybody else only that it does."""
    verdict = verify(content)
    user = request.user
    if isinstance(user, User) and Dossier.objects.visible_to(user).filter(number=verdict.number).exists():
        return verdict
    return verdict.for_strangers()


@never_cache
@require_GET
def verify_number(request: HttpRequest, number: str) -> HttpResponse:
    """What the QR code of a dossier leads to."""
    dossier = Dossier.objects.defer("snapshot").filter(number=number).first()
    if dossier is None:
        return render(request, "dossiers/verify_number.html", {"number": number}, status=404)
    context = {"number": number, "dossier": dossier, "later": later_round_of(dossier)}
    return render(request, "dossiers/verify_number.html", context)
