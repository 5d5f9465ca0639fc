"""Fees for coming: who owes one, what settles it. A fee never stands in the way of a place or a register."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from bookings.errors import BookingsError
from bookings.models import Booking, BookingPolicyVersion, FeeReceipt, Status
from bookings.models.booking import BookingQuerySet
from bookings.rights import require_coordinator
from bookings.rules.tariffs import Payer, fee_pence
from training.people.models import Partnership, User
from training.web.words import pounds


@dataclass(frozen=True)
class Fee:
    """What is owed for one booking's coming, and what settled it."""

    booking: Booking
    pence: int
    receipt: FeeReceipt | None

    @property
    def words(self) -> str:
        sum_words = f"{pounds(self.pence)} for coming, {self.booking.policy_version.get_fee_vat_display()}"
        if self.receipt is None:
            return f"{sum_words}: awaiting payment or order."
        return f"{sum_words}: {self.receipt.get_kind_display().lower()} {self.receipt.number}."


def fee_of(booking: Booking) -> Fee | None:
    """None where nothing is owed. The booking comes with its version, employment and agency."""
    if booking.status not in (Status.BOOKED, Status.AWAITING_MANAGER) or booking.employment is None:
        return None
    agency = booking.employment.agency
    payer = Payer(kind=agency.kind, sector=agency.sector, is_exempt=agency.is_charge_exempt)
    pence = fee_pence(booking.policy_version, payer)
    return Fee(booking, pence, getattr(booking, "fee_receipt", None)) if pence else None


@dataclass(frozen=True)
class FeeOnPage:
    """What the page of a booking says of its fee, and where it is paid while nothing has come."""

    words: str
    payment_page: str


def fee_on_page(booking: Booking) -> FeeOnPage | None:
    fee = fee_of(booking)
    if fee is None:
        return None
    page = "" if fee.receipt else Partnership.objects.values_list("payment_page", flat=True).first() or ""
    return FeeOnPage(fee.words, page)


def open_fees(user: User, since: datetime.datetime) -> list[Fee]:
    """Awaiting payment or order, on dates since then and to come, the soonest first."""
    rows = _with_fees(Booking.objects.visible_to(user)).filter(
        Q(event__starts_at__gte=since) | Q(event__starts_at__isnull=True), fee_receipt__isnull=True
    )
    return [fee for row in rows if (fee := fee_of(row)) is not None]


def _with_fees(rows: BookingQuerySet) -> BookingQuerySet:
    """Booked under rules that name a fee at all."""
    named = BookingPolicyVersion.objects.extra(where=["jsonb_path_exists(tariffs, '$[*].fee_pence ? (@ > 0)')"]).values(
        "pk"
    )
    rows = rows.filter(status=Status.BOOKED, policy_version__in=named, employment__isnull=False)
    rows = rows.select_related("person", "policy_version", "employment__agency", "event__version", "fee_receipt")
    return rows.order_by("event__starts_at", "pk")


@transaction.atomic
def record_receipt(*, booking: Booking, kind: str, number: str, by: User, now: datetime.datetime) -> FeeReceipt:
    """The order or the payment has come. The same again changes nothing; another number corrects it."""
    person = require_coordinator(by)
    locked = Booking.objects.select_for_update(of=("self",), no_key=True)
    fee = fee_of(locked.select_related("policy_version", "employment__agency").get(pk=booking.pk))
    if fee is None:
        raise BookingsError("Nothing is owed for this booking.")
    number = " ".join(number.split())[:60]
    if not number or kind not in FeeReceipt.Kind.values:
        raise BookingsError("Enter the number of the order, or of the payment.")
    given = {"kind": kind, "number": number, "amount_pence": fee.pence, "at": now, "by": person}
    return FeeReceipt.objects.update_or_create(booking=booking, defaults=given)[0]
