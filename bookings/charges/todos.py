"""What of the charges waits for a coordinator, and for a training lead."""

import datetime
from collections.abc import Iterator

from django.urls import reverse

from bookings.charges.batches import month_to_close, piles
from bookings.charges.lists import counts
from bookings.models import Charge
from training.config.parts import Todo
from training.people.models import User
from training.people.permissions import Permission
from training.web.when import london_day
from training.web.words import count, day

THIS_WEEK = 20


def charge_todos(user: User, now: datetime.datetime) -> Iterator[Todo]:
    today = london_day(now)
    if user.may(Permission.MANAGE_BOOKINGS):
        yield from _to_decide(user, today)
        yield from _to_close(today)
    elif user.may(Permission.BOOK_FOR_AGENCY):
        yield from _to_explain(user, today)


def _to_decide(user: User, today: datetime.date) -> Iterator[Todo]:
    found, page = counts(user, today), reverse("bookings:charges")
    if found["decide"]:
        what = count(found["decide"], "missed place")
        yield Todo(f"{what.capitalize()} to decide: charge, or cancel.", page, "Decide", THIS_WEEK)
    if found["disputed"]:
        what = count(found["disputed"], "charge is disputed", "charges are disputed")
        yield Todo(f"{what.capitalize()}.", f"{page}?show=disputed", "Answer", THIS_WEEK)


def _to_close(today: datetime.date) -> Iterator[Todo]:
    """Once a month is over."""
    month = month_to_close(today)
    if month is not None and month < today.replace(day=1) and piles(month):
        url = reverse("bookings:charge-batches")
        yield Todo(f"The charges of {month:%B} can be closed and sent.", url, "Close", THIS_WEEK)


def _to_explain(user: User, today: datetime.date) -> Iterator[Todo]:
    rows = Charge.objects.visible_to(user).waiting(today).order_by("explain_by")
    dates = list(rows.values_list("explain_by", flat=True))
    if dates:
        what = count(len(dates), "missed place")
        url = reverse("bookings:agency-month") + "#missed"
        yield Todo(f"{what.capitalize()} of yours: explain by {day(dates[0])}.", url, "Explain", THIS_WEEK)
