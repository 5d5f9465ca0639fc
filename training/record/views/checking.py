"""Is this certificate genuine? For an employer or inspector with a paper in hand: no login."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from training.people.models import Partnership
from training.record.certificates import check, has_name
from training.record.forms import NameForm, SerialForm
from training.record.guessing import GUESSES
from training.record.serials import printed, read_serial
from training.web.access import public


@public
@require_safe
def certificates(request: HttpRequest) -> HttpResponse:
    """For those who type the number instead of scanning the code."""
    form = SerialForm(request.GET if "serial" in request.GET else None)
    if form.is_valid():
        return redirect("record:certificate", form.cleaned_data["serial"])
    return render(request, "record/certificates.html", {"form": form})


@public
@require_http_methods(["GET", "HEAD", "POST"])
def certificate(request: HttpRequest, serial: str) -> HttpResponse:
    """One sentence: genuine, withdrawn or unknown. Posting a name, so that it stays out of logs, compares it."""
    if GUESSES.are_used_up(request):
        return GUESSES.refusal(request, "record/certificate_too_many.html")
    known = read_serial(serial)
    found = check(known, Partnership.objects.first() or Partnership(name="Muster")) if known else None
    if found is None:
        GUESSES.count(request)
        return render(request, "record/certificate.html", {"serial": serial[:40], "found": None}, status=404)
    form, is_same = NameForm(request.POST or None), None
    if request.method == "POST" and found.is_genuine and form.is_valid():
        is_same = has_name(known, form.cleaned_data["name"])
        if not is_same:
            GUESSES.count(request)
    context = {"serial": printed(known), "found": found, "form": form, "is_same": is_same}
    return render(request, "record/certificate.html", context)
