"""What a list of dates may name: courses, rooms, providers with their contracts, trainers and when they are taken."""

import datetime
from collections import defaultdict
from collections.abc import Iterable

from providers.imports.days import Span
from providers.models import Contract, Engagement, Provider
from providers.terms import covers
from training.catalogue.models import Course, CourseVersion, Teaching, Venue
from training.people.models import Person, Role, RoleGrant
from training.web.when import london_day


class Known:
    """Read once for a file."""

    def __init__(self) -> None:
        versions = CourseVersion.objects.filter(is_current=True).select_related("course")
        self.courses = {version.course.code.casefold(): version for version in versions}
        self.venues = {venue.name.casefold(): venue for venue in Venue.objects.all()}
        self.providers = {provider.name.casefold(): provider for provider in Provider.objects.all()}
        self._contracts: dict[int, list[Contract]] = defaultdict(list)
        for contract in Contract.objects.prefetch_related("terms", "options").order_by("reference"):
            self._contracts[contract.provider_id].append(contract)
        self.trainers = _trainers()
        self.busy = Busy()

    def contract_for(
        self, provider: Provider, course: Course, days: tuple[datetime.date, datetime.date]
    ) -> Contract | None:
        """A contract whose terms hold these days, of the course's own lot if there is one."""
        fitting = [contract for contract in self._contracts[provider.pk] if covers(contract, *days)]
        own_lot = [contract for contract in fitting if contract.lot_number == course.lot_number]
        return next(iter(own_lot or fitting), None)


def _trainers() -> dict[str, list[Person]]:
    """By name in small letters: whoever has or had the role, or works for a provider."""
    by_role = RoleGrant.objects.filter(role=Role.TRAINER).values("person_id")
    engaged = Engagement.objects.values("person_id")
    found: dict[str, list[Person]] = defaultdict(list)
    for person in Person.objects.present().filter(pk__in=by_role.union(engaged)).order_by("pk"):
        found[person.name.casefold()].append(person)
    return found


class Busy:
    """When each trainer is confirmed where: in Muster, and in the rows read so far."""

    def __init__(self) -> None:
        self._taken: dict[tuple[int, datetime.date], list[tuple[Span, str]]] = defaultdict(list)
        confirmed = Teaching.objects.confirmed().of_dates_that_run()
        columns = ("person_id", "session__starts_at", "session__ends_at", "session__event__reference")
        for person_id, starts_at, ends_at, reference in confirmed.values_list(*columns).iterator():
            self.take(person_id, [(starts_at, ends_at)], reference)

    def take(self, person_id: int, spans: Iterable[Span], reference: str) -> None:
        for span in spans:
            for day in {london_day(span[0]), london_day(span[1])}:
                self._taken[person_id, day].append((span, reference))

    def elsewhere(self, person_id: int, spans: Iterable[Span], reference: str) -> str:
        """The reference of another date at which they are confirmed in this time; empty when there is none."""
        for span in spans:
            for day in (london_day(span[0]), london_day(span[1])):
                for (starts_at, ends_at), other in self._taken[person_id, day]:
                    if other != reference and starts_at < span[1] and span[0] < ends_at:
                        return other
        return ""
