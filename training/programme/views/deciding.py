"""What is done with a programme: put to the subgroup, recommended, agreed or sent back, begun, closed, amended."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from training.people.access import requires, user_of
from training.people.permissions import Permission
from training.programme.actions.deciding import (
    agree_programme,
    close_programme,
    offer_programme,
    recommend_programme,
    send_programme_back,
    start_programme,
    take_programme_back,
)
from training.programme.forms.deciding import CloseProgrammeForm, DecideForm
from training.programme.views.rows import programme_or_404, saved, tried

PLAN = Permission.PLAN_PROGRAMME


@requires(PLAN)
@require_POST
def programme_offer(request: HttpRequest, reference: str) -> HttpResponse:
    shown, by, now = programme_or_404(request, reference), user_of(request), timezone.now()
    tried(request, lambda: offer_programme(programme=shown, by=by, now=now), "It stands on the subgroup’s agenda now.")
    return redirect("programme:programme", shown.reference)


@requires(PLAN)
@require_POST
def programme_take_back(request: HttpRequest, reference: str) -> HttpResponse:
    shown, by = programme_or_404(request, reference), user_of(request)
    tried(request, lambda: take_programme_back(programme=shown, by=by), "Taken off the agenda. Go on planning.")
    return redirect("programme:programme", shown.reference)


@requires(PLAN)
@require_POST
def programme_start(request: HttpRequest, reference: str) -> HttpResponse:
    shown, by, now = programme_or_404(request, reference), user_of(request), timezone.now()
    tried(request, lambda: start_programme(programme=shown, by=by, now=now), f"{shown} runs.")
    return redirect("programme:programme", shown.reference)


@requires(Permission.RECOMMEND_PROGRAMME)
@require_http_methods(["GET", "POST"])
def programme_recommend(request: HttpRequest, reference: str) -> HttpResponse:
    """A member of the subgroup writes down that it recommended the programme."""
    initial = {"outcome": "Recommended to the Executive.", "held_on": timezone.localdate()}
    form = DecideForm(request.POST or None, initial=initial)
    return _decide(request, reference, form, lambda _: recommend_programme)


@requires(Permission.AGREE_PROGRAMME)
@require_http_methods(["GET", "POST"])
def programme_agree(request: HttpRequest, reference: str) -> HttpResponse:
    """A member of the Executive writes down that it agreed the programme, or sent it back."""
    answers = ("Agreed", "Not agreed: back to those who plan it")
    form = DecideForm(request.POST or None, answers=answers, initial={"held_on": timezone.localdate()})
    return _decide(request, reference, form, lambda form: agree_programme if form.is_yes else send_programme_back)


def _decide(
    request: HttpRequest, reference: str, form: DecideForm, choose: Callable[[DecideForm], Callable[..., object]]
) -> HttpResponse:
    shown, by, now = programme_or_404(request, reference), user_of(request), timezone.now()
    if request.method == "POST" and form.is_valid():
        action = choose(form)
        if saved(request, form, lambda: action(programme=shown, minuted=form.minuted(), by=by, now=now), "Minuted."):
            return redirect("programme:programme", shown.reference)
    return render(request, "programme/programme_decide.html", {"form": form, "programme": shown})


@requires(PLAN)
@require_http_methods(["GET", "POST"])
def programme_close(request: HttpRequest, reference: str) -> HttpResponse:
    shown, by, now = programme_or_404(request, reference), user_of(request), timezone.now()
    if shown.standing not in ("agreed", "live"):
        raise Http404
    form = CloseProgrammeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if saved(request, form, lambda: close_programme(programme=shown, reason=reason, by=by, now=now), "Closed."):
            return redirect("programme:programme", shown.reference)
    return render(request, "programme/programme_close.html", {"form": form, "programme": shown})
