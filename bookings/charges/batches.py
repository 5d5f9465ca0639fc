"""The month's batch: closed once, numbered, one statement an organisation. PostgreSQL lets nothing of it change."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.models import Max

from bookings.charges import emails
from bookings.charges.deciding import lock_charges, waive
from bookings.charges.statements import lines_of, sum_of
from bookings.charges.words import NOT_DUE
from bookings.errors import BookingsError
from bookings.models import (
    AgencyAccount,
    Charge,
    ChargeBatch,
    ChargeStatus,
    ChargeStep,
    Credit,
    Ground,
    Statement,
)
from bookings.registers.attendance import Result, outcomes
from bookings.rights import require_coordinator
from training.people.models import Agency, Person, Role, RoleGrant, User
from training.web.when import in_london, london_day

MIDNIGHT, ONE_DAY = datetime.time(0), datetime.timedelta(days=1)


def month_to_close(today: datetime.date) -> datetime.date | None:
    """The first day of the oldest month that can be closed: the one before, else this one; None when both are."""
    this = today.replace(day=1)
    before = (this - ONE_DAY).replace(day=1)
    closed = set(ChargeBatch.objects.filter(month__gte=before).values_list("month", flat=True))
    return next((month for month in (before, this) if month not in closed), None)


def ends_at(month: datetime.date) -> datetime.datetime:
    """The first moment after the month, in London."""
    return in_london((month + 32 * ONE_DAY).replace(day=1), MIDNIGHT)


@dataclass
class Pile:
    """What one organisation's statement will hold."""

    agency: Agency
    charges: list[Charge] = field(default_factory=list)
    credits: list[Credit] = field(default_factory=list)

    @property
    def total_pence(self) -> int:
        return sum_of(self.charges) - sum_of(self.credits)


def piles(month: datetime.date) -> list[Pile]:
    """What would go into the batch of this month: decided, credited by its end and on no statement yet."""
    until = ends_at(month)
    charges = Charge.objects.filter(status=ChargeStatus.CHARGED, decided_at__lt=until).order_by("pk")
    given = Credit.objects.filter(statement__isnull=True, at__lt=until).select_related("charge__agency")
    found: dict[int, Pile] = {}
    for charge in charges.select_related("agency", "booking__person"):
        if charge.agency is not None:
            found.setdefault(charge.agency.pk, Pile(charge.agency)).charges.append(charge)
    for credit in given.order_by("pk"):
        if (agency := credit.charge.agency) is not None:
            found.setdefault(agency.pk, Pile(agency)).credits.append(credit)
    return sorted(found.values(), key=lambda pile: pile.agency.name)


@transaction.atomic
def close_batch(*, month: datetime.date, by: User, now: datetime.datetime) -> ChargeBatch:
    """Write the statements of this month and send them. Whoever comes second gets the batch that the first closed.

    Charges whose register has been put right meanwhile are cancelled first: no wrong charge leaves the house.
    """
    person = require_coordinator(by)
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE bookings_chargebatch IN SHARE ROW EXCLUSIVE MODE")
    if held := ChargeBatch.objects.filter(month=month).first():
        return held
    if month != month_to_close(london_day(now)):
        raise BookingsError("This month cannot be closed now. Close the oldest open month first.")
    charges = lock_charges([charge for pile in piles(month) for charge in pile.charges])
    cancel_corrected([charge for charge in charges if charge.status == ChargeStatus.CHARGED], now)
    stacked = piles(month)  # under the locks: what is disputed at this moment is not among them
    if not stacked:
        raise BookingsError("There is nothing to charge or to credit in this month.")
    number = (ChargeBatch.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    batch = ChargeBatch.objects.create(number=number, month=month)
    statements = _write(batch, stacked, person, now)
    batch.closed_at, batch.closed_by = now, person
    batch.save(update_fields=["closed_at", "closed_by"])
    leads = _leads(stacked, london_day(now))
    for statement in statements:
        emails.send_statement(statement, lines_of(statement), leads[statement.agency_id], now)
    return batch


def _leads(stacked: Sequence[Pile], today: datetime.date) -> dict[int, list[Person]]:
    found: dict[int, list[Person]] = defaultdict(list)
    grants = RoleGrant.objects.filter(role=Role.AGENCY_LEAD, agency__in=[pile.agency for pile in stacked]).on(today)
    for grant in grants.select_related("person").order_by("pk"):
        if grant.agency_id is not None:
            found[grant.agency_id].append(grant.person)
    return found


def cancel_corrected(charges: Sequence[Charge], now: datetime.datetime) -> None:
    """Those for not coming whose register says something else by now. Under the caller's lock."""
    absent = [charge for charge in charges if charge.ground == Ground.DID_NOT_COME]
    found = {one.booking_id: one.result for one in outcomes({charge.booking.event_id for charge in absent})}
    for charge in absent:
        if found.get(charge.booking_id) != Result.DID_NOT_ATTEND:
            waive(charge, NOT_DUE["register_corrected"], None, now, code="register_corrected")


def _write(batch: ChargeBatch, stacked: Sequence[Pile], by: Person, now: datetime.datetime) -> list[Statement]:
    accounts = {one.agency_id: one for one in AgencyAccount.objects.filter(agency__in=[one.agency for one in stacked])}
    statements = [_statement(batch, pile, accounts.get(pile.agency.pk)) for pile in stacked]
    Statement.objects.bulk_create(statements)
    steps = []
    for pile, statement in zip(stacked, statements, strict=True):
        keys = [charge.pk for charge in pile.charges]
        Charge.objects.filter(pk__in=keys).update(statement=statement, status=ChargeStatus.BILLED)
        Credit.objects.filter(pk__in=[credit.pk for credit in pile.credits]).update(statement=statement)
        steps += [
            ChargeStep(charge_id=key, was=ChargeStatus.CHARGED, became=ChargeStatus.BILLED, at=now, by=by,
                       code="billed", reason=f"Statement {statement.number}")
            for key in keys
        ]  # fmt: skip
    ChargeStep.objects.bulk_create(steps)
    return statements


def _statement(batch: ChargeBatch, pile: Pile, account: AgencyAccount | None) -> Statement:
    """With the payer's numbers as they are now."""
    held = account or AgencyAccount(agency=pile.agency)
    return Statement(
        batch=batch,
        agency=pile.agency,
        payer_name=held.payer_name or pile.agency.name,
        payer_email=held.payer_email,
        purchase_order=held.purchase_order,
        cost_code=held.cost_code,
        journal_number=held.journal_number,
        charged_pence=sum_of(pile.charges),
        credited_pence=sum_of(pile.credits),
    )
