"""The buttons of a date's page: open, take back, cancel; ask, confirm for, take off a trainer."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from training.catalogue.actions.standing import cancel_event, publish_event, unpublish_event
from training.catalogue.actions.teaching import ask_trainer, confirm_teaching, decline_teaching, withdraw_trainer
from training.catalogue.conflicts import show_refusal
from training.catalogue.errors import CatalogueError
from training.catalogue.forms.copying import CancelForm
from training.catalogue.forms.trainers import AskTrainerForm
from training.catalogue.models import Event
from training.catalogue.views.rows import event_or_404, trainer_or_404, try_action
from training.people.access import requires, user_of
from training.people.models import Person
from training.people.permissions import Permission


@requires(Permission.MANAGE_CATALOGUE)
@require_POST
def date_publish(request: HttpRequest, reference: str) -> HttpResponse:
    event, user, now = event_or_404(request, reference), user_of(request), timezone.now()
    try_action(request, lambda: publish_event(event=event, by=user, now=now), f"{event}: open for booking.")
    return redirect("desk:date", event.reference)


@requires(Permission.MANAGE_CATALOGUE)
@require_POST
def date_unpublish(request: HttpRequest, reference: str) -> HttpResponse:
    event, user, now = event_or_404(request, reference), user_of(request), timezone.now()
    try_action(request, lambda: unpublish_event(event=event, by=user, now=now), f"{event}: a draft again.")
    return redirect("desk:date", event.reference)


@requires(Permission.MANAGE_CATALOGUE)
@require_http_methods(["GET", "POST"])
def date_cancel(request: HttpRequest, reference: str) -> HttpResponse:
    event, now = event_or_404(request, reference), timezone.now()
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cancel_event(event=event, reason=form.cleaned_data["reason"], by=user_of(request), now=now)
        except CatalogueError as error:
            show_refusal(form, error, {})
        else:
            messages.success(request, f"{event}: cancelled. Its trainers are told.")
            return redirect("desk:date", event.reference)
    return render(request, "catalogue/desk/date_cancel.html", {"form": form, "event": event})


@requires(Permission.MANAGE_CATALOGUE)
@require_POST
def trainer_ask(request: HttpRequest, reference: str) -> HttpResponse:
    event, user, now = event_or_404(request, reference), user_of(request), timezone.now()
    form = AskTrainerForm(request.POST, event=event, day=timezone.localdate(now))
    if form.is_valid():
        person = form.cleaned_data["person"]
        done = (
            f"{person.name} is asked by e-mail." if person.email else f"{person.name} has no e-mail address. Ring them."
        )
        try_action(request, lambda: ask_trainer(event=event, person=person, by=user, now=now), done)
    elif not _is_asked(event, request.POST.get("person", "")):  # a second click finds them asked
        messages.error(request, str(form.errors["person"][0]))
    return redirect("desk:date", event.reference)


def _is_asked(event: Event, reference: str) -> bool:
    return Person.objects.filter(teachings__session__event=event, reference=reference).exists()


Answer = Callable[..., object]


def _answer_for(request: HttpRequest, reference: str, person: str, action: Answer, done: str) -> HttpResponse:
    event = event_or_404(request, reference)
    trainer, user, now = trainer_or_404(event, person), user_of(request), timezone.now()
    try_action(request, lambda: action(event=event, person=trainer, by=user, now=now), f"{trainer.name}: {done}")
    return redirect("desk:date", event.reference)


@requires(Permission.MANAGE_CATALOGUE)
@require_POST
def trainer_confirm(request: HttpRequest, reference: str, person: str) -> HttpResponse:
    return _answer_for(request, reference, person, confirm_teaching, "confirmed.")


@requires(Permission.MANAGE_CATALOGUE)
@require_POST
def trainer_decline(request: HttpRequest, reference: str, person: str) -> HttpResponse:
    return _answer_for(request, reference, person, decline_teaching, "cannot come.")


@requires(Permission.MANAGE_CATALOGUE)
@require_POST
def trainer_withdraw(request: HttpRequest, reference: str, person: str) -> HttpResponse:
    return _answer_for(request, reference, person, withdraw_trainer, "taken off, and told so.")
