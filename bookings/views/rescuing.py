"""One date that cannot run as planned: the trainer says so; a coordinator sees every way out and whom each tells."""

import datetime
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bookings.disruption.cancelling import cancel_event_with_bookings
from bookings.disruption.changing import convert_dates, postpone_date
from bookings.disruption.concerned import look_at
from bookings.disruption.reading import reasons_not_online
from bookings.disruption.splitting import WHOLE
from bookings.disruption.trainers import cant_come, left_to_teach, put_in, teach_alone
from bookings.errors import BookingsError
from bookings.forms.disruption import CallOffForm, CantComeForm, OnlineForm, PostponeForm, WhoForm
from bookings.views.rows import event_or_404
from training.catalogue.models import DeliveryMode, Event, Teaching
from training.catalogue.trainers import who_may_be_asked
from training.people.access import requires, user_of
from training.people.models import Person
from training.people.permissions import Permission
from training.web.forms import MusterForm
from training.web.when import london_day

Act = Callable[..., object]


@requires(Permission.OWN_RECORD)
@require_http_methods(["GET", "POST"])
def teaching_cant_come(request: HttpRequest, reference: str) -> HttpResponse:
    """The trainer’s own button; 404 for whoever does not teach this date."""
    user = user_of(request)
    taught = Event.objects.filter(sessions__teachings__person=user.person_id, sessions__teachings__isnull=False)
    event = get_object_or_404(taught.select_related("version").distinct(), reference=reference)
    person, form = get_object_or_404(Person, pk=user.person_id), CantComeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cant_come(event=event, person=person, by=user, now=timezone.now(), **form.cleaned_data)
        except BookingsError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "The training team has your message. They see to everybody else.")
            return redirect("desk:my-teaching")
    near = event.starts_at is not None and london_day(event.starts_at) == london_day(timezone.now())
    return render(request, "bookings/teaching_cant_come.html", {"event": event, "form": form, "is_today": near})


@requires(Permission.MANAGE_BOOKINGS)
@require_http_methods(["GET", "POST"])
def date_rescue(request: HttpRequest, reference: str) -> HttpResponse:
    event, now, does = event_or_404(user_of(request), reference), timezone.now(), request.POST.get("do", "")
    teaching, free = _teaching(event), _free(event, london_day(now))
    forms = _forms(request.POST if does else None, does, teaching, free)
    form = forms.get(does)
    if form is not None and form.is_valid() and (done := _act(request, event, does, form)):
        messages.success(request, done)
        return redirect("bookings:date-rescue", event.reference)
    is_open = event.standing == Event.Standing.PUBLISHED and event.starts_at is not None and event.starts_at > now
    context = {
        "event": event, "forms": forms, "wrong": form, "is_open": is_open, "teaching": teaching, "free": free,
        "left": left_to_teach(event) if _somebody_cannot(event) else [],
        "concerned": look_at([event], now)[0], "stops": reasons_not_online([event]),
        "is_online": event.mode == DeliveryMode.VIRTUAL, "disruptions": event.disruptions.select_related("by"),
    }  # fmt: skip
    return render(request, "bookings/date_rescue.html", context)


def _somebody_cannot(event: Event) -> bool:
    return Teaching.objects.filter(session__event=event, status=Teaching.Status.DECLINED).exists()


def _free(event: Event, today: datetime.date) -> list[Person]:
    """Trainers who are confirmed nowhere else at the time."""
    return [one for one in who_may_be_asked(event, today) if not vars(one)["is_busy"]]


def _teaching(event: Event) -> list[Person]:
    live = Teaching.objects.live().filter(session__event=event)
    return list(Person.objects.filter(pk__in=live.values("person")).order_by("name", "pk"))


def _forms(data: QueryDict | None, does: str, teaching: list[Person], free: list[Person]) -> dict[str, MusterForm]:
    """One a way out, each with ids of its own, what was sent in the one that is meant."""

    def form(name: str, kind: Any, **given: Any) -> MusterForm:
        made: MusterForm = kind(data if does == name else None, auto_id=f"id_{name}_%s", **given)
        return made

    return {
        "ill": form("ill", WhoForm, people=teaching, label="Who can’t come?"),
        "alone": form("alone", MusterForm),
        "other": form("other", WhoForm, people=free, label="Who has said yes on the telephone?"),
        "online": form("online", OnlineForm),
        "postpone": form("postpone", PostponeForm),
        "cancel": form("cancel", CallOffForm),
    }


def _act(request: HttpRequest, event: Event, does: str, form: MusterForm) -> str:
    """What to say of it; empty when it was refused, with the sentence on the form."""
    given: dict[str, Any] = {"by": user_of(request), "now": timezone.now()}
    typed = form.cleaned_data
    acts: dict[str, tuple[Act, dict[str, Any], str]] = {
        "ill": (cant_come, {"event": event, "reason": "", **typed}, "Noted. Now choose what happens."),
        "alone": (teach_alone, {"event": event, "reason": ""}, "It goes on. Whoever is left has been written to."),
        "other": (put_in, {"event": event, "reason": "", **typed}, "They teach it, and have been written to."),
        "online": (
            convert_dates,
            {"events": [event], "split": WHOLE, "links": {event.reference: typed.get("link", "")},
             "reason": typed.get("reason", "")},
            "It is live online now. Everybody is being written to.",
        ),
        "postpone": (postpone_date, {"event": event, **typed}, "Postponed. Everybody is being written to."),
        "cancel": (cancel_event_with_bookings, {"event": event, **typed}, "Cancelled. Everybody has been written to."),
    }  # fmt: skip
    act, more, said = acts[does]
    try:
        act(**given, **more)
    except BookingsError as error:
        form.add_error(None, str(error))
        return ""
    return said
