"""Who wants the bulletin, and what is known of each that decides what theirs says."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import QuerySet

from bookings.bulletin.letters import Interest, Reader
from bookings.models import LIVE, Booking, MailChoice, MailKind
from bookings.places.reading import belongs
from bookings.places.room import Belongs
from training.catalogue.finding.wanted import Choices
from training.people.models import Employment, Person
from training.record.falling_due import DueRow, due_of_each
from training.record.models import Achievement
from training.web.when import london_day

A_YEAR = datetime.timedelta(days=365)


def wanting() -> "QuerySet[MailChoice]":
    """The choices of those who want the bulletin and can be written to, by name."""
    rows = MailChoice.objects.filter(kind=MailKind.BULLETIN, is_wanted=True, person__in=Person.objects.present())
    return rows.exclude(person__email="").select_related("person").order_by("person__name", "person_id")


def interest_of(choice: MailChoice, choices: Choices) -> Interest:
    """A rung that its framework has no more is left out: then there is no wish."""
    levels: dict[str, frozenset[int]] = {}
    for notation in choice.levels:
        if found := choices.rungs(notation):
            framework, (low, high) = found
            levels[framework.code] = levels.get(framework.code, frozenset()) | frozenset(range(low, high + 1))
    return Interest(choice.remit, levels)


def readers_of(wanted: Sequence[MailChoice], now: datetime.datetime) -> dict[int, Reader]:
    """By the person's id, in a fixed number of queries however many they are."""
    people, today, choices = [choice.person_id for choice in wanted], london_day(now), Choices.load()
    works = list(
        Employment.objects.filter(person__in=people).not_refused().on(today).select_related("agency", "person")
    )
    due = _grouped(due_of_each(works, now=now))
    where: dict[int, list[Belongs]] = defaultdict(list)
    for work in works:
        where[work.person_id].append(belongs(work))
    knows = _known(people, now)
    return {
        choice.person_id: Reader(
            name=choice.person.name,
            interest=interest_of(choice, choices),
            works=where[choice.person_id],
            knows=knows.get(choice.person_id, frozenset()),
            due=due.get(choice.person_id, ()),
        )
        for choice in wanted
    }


def _grouped(rows: Iterable[DueRow]) -> dict[int, list[DueRow]]:
    due: dict[int, list[DueRow]] = defaultdict(list)
    for row in rows:
        due[row.employment.person_id].append(row)
    return due


def _known(people: Sequence[int], now: datetime.datetime) -> Mapping[int, frozenset[int]]:
    """Courses that they are booked on, wait for, or did within a year."""
    live = Booking.objects.filter(person__in=people, status__in=LIVE, event__starts_at__gt=now)
    done = Achievement.objects.filter(person__in=people, on__gt=london_day(now) - A_YEAR)
    pairs = {*live.values_list("person", "event__version__course"), *done.values_list("person", "version__course")}
    known: dict[int, set[int]] = defaultdict(set)
    for person_id, course_id in pairs:
        known[person_id].add(course_id)
    return {person_id: frozenset(courses) for person_id, courses in known.items()}
