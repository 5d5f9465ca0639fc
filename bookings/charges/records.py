"""A person's missed places in what they ask for, and what is forgotten of them."""

from typing import Any

from bookings.models import Charge, ChargeAnswer
from training.people.models import Person


def export_charges(person: Person) -> list[dict[str, Any]]:
    rows = Charge.objects.filter(booking__person=person).select_related("booking", "agency")
    return [_charge(row) for row in rows.prefetch_related("answers", "steps").order_by("found_at", "pk")]


def _charge(row: Charge) -> dict[str, Any]:
    return {
        "booking": row.booking.reference,
        "what": row.get_ground_display(),
        "state": row.get_status_display(),
        "pence": row.amount_pence,
        "charged_to": row.agency.name if row.agency else None,
        "said": [
            {"by": one.get_source_display(), "why": one.get_why_display(), "words": one.words, "at": one.at.isoformat()}
            for one in row.answers.all()
        ],
        "history": [
            {"at": step.at.isoformat(), "state": step.get_became_display(), "reason": step.reason}
            for step in row.steps.all()
        ],
    }


def forget_reasons(person: Person) -> None:
    """Why they did not come; that the place stood empty, and what was charged, the books keep."""
    ChargeAnswer.objects.filter(charge__booking__person=person).delete()
