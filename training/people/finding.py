"""Searching people and organisations by what somebody remembers: forgiving of accents, order and slips."""

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import CharField, F, Func, Q, QuerySet, Value
from django.db.models.functions import Lower

from training.people.models import Agency, Employment, Person

# Of the words asked for, how much must be found alike: "natarjan" finds Natarajan, "anne" not Hannah.
ALIKE = 0.5
LONGEST = 100


def tidy_search(text: str) -> str:
    """What is searched for, at most a hundred characters of it."""
    return " ".join(text.replace("\x00", "").split())[:LONGEST]


def _plain(expression: F | Value) -> Func:
    return Func(expression, function="unaccent", output_field=CharField())


def _likeness(text: str, name: str) -> TrigramWordSimilarity:
    return TrigramWordSimilarity(_plain(Value(text)), _plain(F(name)))  # type: ignore[arg-type]


def find_persons(rows: "QuerySet[Person]", text: str) -> "QuerySet[Person]":
    """Those of `rows` with this name, e-mail address or reference, the likeliest first; all of them for no text."""
    text = tidy_search(text)
    if not text:
        return rows.order_by(Lower("name"), "pk")
    fits = Q(likeness__gte=ALIKE) | Q(name__unaccent__icontains=text)
    exact = Q(email__icontains=text) | Q(reference=text.upper())
    return (
        rows.annotate(likeness=_likeness(text, "name")).filter(fits | exact).order_by("-likeness", Lower("name"), "pk")
    )


def find_agencies(rows: "QuerySet[Agency]", text: str) -> "QuerySet[Agency]":
    """Those of `rows` with this name, short name or reference, the likeliest first; all of them for no text."""
    text = tidy_search(text)
    if not text:
        return rows.order_by(Lower("name"), "pk")
    fits = Q(likeness__gte=ALIKE) | Q(name__unaccent__icontains=text)
    exact = Q(short_name__iexact=text) | Q(reference=text.upper())
    return (
        rows.annotate(likeness=_likeness(text, "name")).filter(fits | exact).order_by("-likeness", Lower("name"), "pk")
    )


def find_employments(rows: "QuerySet[Employment]", text: str) -> "QuerySet[Employment]":
    """Those of `rows` whose person has this name or address, or that have this employee number or job."""
    text = tidy_search(text)
    if not text:
        return rows
    alike = Q(likeness__gte=ALIKE) | Q(person__name__unaccent__icontains=text) | Q(person__email__icontains=text)
    own = Q(employee_number__iexact=text) | Q(job_title__icontains=text)
    return rows.annotate(likeness=_likeness(text, "person__name")).filter(alike | own)
