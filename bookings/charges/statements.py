"""A statement as lines, as a sheet and as a PDF: one organisation, one month, each charge and credit on a line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db.models import Prefetch

from bookings.models import Charge, Credit, Statement
from training.people.models import Partnership
from training.web.downloads import Sheet
from training.web.words import day, full_day, pounds

SOURCE = Path(__file__).parent / "statement.typ"
HEADINGS = (
    "Statement", "Month", "Organisation", "Payer", "Name", "Course", "Date", "What", "Booking", "Charge", "Pounds",
    "VAT", "Purchase order", "Cost code", "Journal",
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A charge, or a credit, whose `pence` are below nothing."""

    charge: Charge
    what: str
    pence: int

    @property
    def name(self) -> str:
        return self.charge.booking.person.name

    @property
    def course(self) -> str:
        return self.charge.booking.event.version.title

    @property
    def date(self) -> str:
        starts = self.charge.booking.event.starts_at
        return day(starts) if starts else ""

    @property
    def sum(self) -> str:
        return pounds(self.pence)

    @property
    def vat(self) -> str:
        return self.charge.get_vat_display()


def sum_of(rows: Iterable[Charge | Credit]) -> int:
    """Of the amounts, in pence."""
    return sum(row.amount_pence for row in rows)


def with_lines() -> list[Any]:
    """What `lines_of` looks at, to prefetch with a list of statements."""
    charges = Charge.objects.select_related("booking__person", "booking__event__version").order_by("pk")
    given = Credit.objects.select_related("charge__booking__person", "charge__booking__event__version").order_by("pk")
    return [Prefetch("charges", charges), Prefetch("credits", given)]


def lines_of(statement: Statement) -> list[Line]:
    """Charges, then credits."""
    return [
        *(Line(one, one.get_ground_display(), one.amount_pence) for one in statement.charges.all()),
        *(Line(one.charge, f"Credit: {one.reason}", -one.amount_pence) for one in statement.credits.all()),
    ]


def sheet_of(name: str, statements: Sequence[Statement]) -> Sheet:
    """One line a charge or credit; sums in pounds."""
    return Sheet(name, HEADINGS, [row for statement in statements for row in _rows(statement)])


def _rows(statement: Statement) -> list[list[Any]]:
    return [
        [
            statement.number, f"{statement.batch.month:%B %Y}", statement.agency.name, statement.payer_name, line.name,
            line.course, line.charge.booking.event.starts_at, line.what, line.charge.booking.reference,
            line.charge.reference, line.pence / 100, line.vat,
            line.charge.purchase_order or statement.purchase_order, statement.cost_code, statement.journal_number,
        ]
        for line in lines_of(statement)
    ]  # fmt: skip


def pdf_data(statement: Statement) -> dict[str, Any]:
    """For `statement.typ`: who, for what month, the lines, the numbers of the account and what to do about it."""
    partnership = Partnership.objects.get()
    numbers = [
        ("Purchase order", statement.purchase_order), ("Cost code", statement.cost_code),
        ("Journal", statement.journal_number),
    ]  # fmt: skip
    contact = partnership.contact_email or partnership.contact_phone
    return {
        "partnership": partnership.name,
        "number": statement.number,
        "month": f"{statement.batch.month:%B %Y}",
        "day": full_day(statement.batch.closed_at) if statement.batch.closed_at else "",
        "agency": statement.agency.name,
        "payer": statement.payer_name,
        "numbers": [{"label": label, "value": value} for label, value in numbers if value],
        "lines": [
            {"name": line.name, "course": line.course, "date": line.date, "what": line.what, "vat": line.vat,
             "sum": line.sum} for line in lines_of(statement)
        ],
        "total": pounds(statement.total_pence),
        "pay": how_to_pay(statement, partnership),
        "contact": contact,
    }  # fmt: skip


def how_to_pay(statement: Statement, partnership: Partnership) -> str:
    if statement.total_pence <= 0:
        return "Nothing is to be paid for this month."
    if statement.journal_number:
        return f"The sum moves by internal journal {statement.journal_number}. Nothing is to be paid."
    page = f" You can also pay at {partnership.payment_page}." if partnership.payment_page else ""
    return f"The council’s finance team sends an invoice for this sum.{page}"
