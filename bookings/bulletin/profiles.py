"""Kinds of reader, so that a coordinator reads a handful of samples and not three hundred letters."""

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bookings.bulletin.letters import Reader
from bookings.bulletin.readers import interest_of, wanting
from bookings.models import MailChoice
from bookings.places.room import Belongs
from training.catalogue.finding.wanted import Choices
from training.catalogue.models import Remit
from training.people.models import Employment, Sector
from training.web.when import london_day


@dataclass(frozen=True)
class Profile:
    """Where somebody works, by sector, and what they asked to read about."""

    sector: str
    remit: str
    levels: tuple[str, ...]

    @property
    def key(self) -> str:
        return "/".join((self.sector, self.remit, *self.levels))

    @property
    def in_words(self) -> str:
        """ "Education: children, level 2 or 3"."""
        about = [Remit(self.remit).label.lower()] if self.remit else []
        if self.levels:
            about.append(f"level {' or '.join(level.partition(':')[2] for level in self.levels)}")
        where = Sector(self.sector).label if self.sector else "No organisation"
        return f"{where}: {', '.join(about) or 'everything'}"


def profiles(now: datetime.datetime) -> list[tuple[Profile, int]]:
    """Those of whoever wants the bulletin now, with how many they are; the most first. Two queries."""
    wanted = list(wanting())
    sectors = _sectors([choice.person_id for choice in wanted], london_day(now))
    found = Counter(_profile(choice, sectors.get(choice.person_id, "")) for choice in wanted)
    return sorted(found.items(), key=lambda pair: (-pair[1], pair[0].key))


def _profile(choice: MailChoice, sector: str) -> Profile:
    remit = choice.remit if choice.remit in Remit.values else ""
    return Profile(sector, remit, tuple(sorted(choice.levels)))


def _sectors(people: Sequence[int], today: datetime.date) -> dict[int, str]:
    """Of those with several posts, the one that began first."""
    works = Employment.objects.filter(person__in=people).not_refused().on(today).order_by("-period")
    return dict(works.values_list("person", "agency__sector"))


def sample_reader(profile: Profile) -> Reader:
    """Somebody of this kind without a record of their own."""
    choice = MailChoice(remit=profile.remit, levels=list(profile.levels))
    works = [Belongs(sector=profile.sector)] if profile.sector else []
    return Reader(name="(name)", interest=interest_of(choice, Choices.load()), works=works)
