"""What somebody's organisation pays for their coming, and for their not coming: sums of a version of the rules.

A tariff is found by what the organisation pays as, else by its sector, else the one for everybody else. Sums are whole
pence; a part of one is rounded down, in favour of whoever pays. Nothing here reads the clock or the database.
"""

import datetime
from dataclasses import dataclass

from bookings.models import BookingPolicyVersion
from bookings.rules.policy import before_start, is_inside_notice
from training.people.models import Agency, Sector

EVERYBODY = "everybody"


@dataclass(frozen=True)
class Tariff:
    """`who` is "kind:academy", "sector:police" or "everybody"."""

    who: str
    fee_pence: int = 0
    charge_pence: int = 0

    @property
    def words(self) -> str:
        part, _, value = self.who.partition(":")
        if part == EVERYBODY:
            return "Everybody else"
        return Agency.Kind(value).label if part == "kind" else f"{Sector(value).label} sector"


NOTHING = Tariff(EVERYBODY)


@dataclass(frozen=True)
class Payer:
    """All of a booking that the tariff and the exemptions look at. `roles` are those held on the day of the date."""

    kind: str = ""
    sector: str = ""
    is_exempt: bool = False
    person_kind: str = ""
    roles: frozenset[str] = frozenset()
    course: str = ""


def tariffs_of(version: BookingPolicyVersion) -> list[Tariff]:
    return [Tariff(line["who"], line["fee_pence"], line["charge_pence"]) for line in version.tariffs]


def tariff_for(version: BookingPolicyVersion, *, kind: str, sector: str) -> Tariff:
    found = {tariff.who: tariff for tariff in tariffs_of(version)}
    keys = (f"kind:{kind}", f"sector:{sector}", EVERYBODY)
    return next((found[key] for key in keys if key in found), NOTHING)


def why_exempt(version: BookingPolicyVersion, payer: Payer) -> str:
    """The code of `charges.words.NOT_DUE` for whoever is never charged by these rules; empty for everybody else."""
    if payer.is_exempt:
        return "exempt_agency"
    if payer.person_kind in version.exempt_person_kinds:
        return "exempt_person"
    if payer.roles & set(version.exempt_roles):
        return "exempt_role"
    return "exempt_course" if payer.course in version.exempt_courses else ""


def fee_pence(version: BookingPolicyVersion, payer: Payer) -> int:
    """For coming. An organisation that is never charged pays none either."""
    return 0 if payer.is_exempt else tariff_for(version, kind=payer.kind, sector=payer.sector).fee_pence


def charge_pence(version: BookingPolicyVersion, payer: Payer, *, days: int = 1) -> int:
    """The whole charge, for not coming: 0 for whoever is exempt. `days` is how many sittings the date has."""
    if why_exempt(version, payer):
        return 0
    one = tariff_for(version, kind=payer.kind, sector=payer.sector).charge_pence
    return one * (max(1, days) if version.is_charge_per_day else 1)


def late_share(version: BookingPolicyVersion, starts_at: datetime.datetime, left_at: datetime.datetime) -> int:
    """The percentage of the whole charge for cancelling at this moment: 0 while that is free."""
    if not is_inside_notice(version, starts_at, left_at):
        return 0
    within = version.all_within_amount
    is_near = within is not None and left_at > before_start(version, within, starts_at)
    return 100 if is_near else version.late_percent


def late_charge_pence(
    version: BookingPolicyVersion,
    payer: Payer,
    *,
    starts_at: datetime.datetime,
    left_at: datetime.datetime,
    days: int = 1,
) -> int:
    """For cancelling at this moment."""
    return charge_pence(version, payer, days=days) * late_share(version, starts_at, left_at) // 100
