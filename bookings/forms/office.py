"""What a coordinator enters on a register: somebody who rang in, and a register kept on paper."""

from collections.abc import Sequence
from typing import Any

from django import forms

from bookings.actions.paper import Line
from bookings.models import Booking, Mark
from bookings.registers.roster import RosterRow
from training.web.forms import OnceForm, TimeField

ON_PAPER = [(one.value, one.label) for one in Mark if one != Mark.EXPECTED]


class RangInForm(OnceForm):
    """Somebody who is expected and rang."""

    booking = forms.ChoiceField(label="Who rang", error_messages={"invalid_choice": "Choose somebody who is expected."})
    note = forms.CharField(
        label="What they said",
        max_length=200,
        required=False,
        help_text="The time and the reason in two words, such as “rang 8:40, sick”. The trainer reads it.",
    )

    def __init__(self, *args: Any, rows: Sequence[RosterRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bookings = {row.booking.reference: row.booking for row in rows}
        choices = [(row.booking.reference, f"{row.booking.person.name}, {row.agency}".strip(", ")) for row in rows]
        field: Any = self.fields["booking"]
        field.choices = [("", "Choose somebody"), *choices]

    @property
    def chosen(self) -> Booking:
        return self.bookings[self.cleaned_data["booking"]]


class PaperForm(OnceForm):
    """A line for everybody on the register: here unless the paper says otherwise, or as it is marked already."""

    def __init__(self, *args: Any, rows: Sequence[RosterRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        for row in rows:
            now = Mark.PRESENT if row.is_missing else row.mark
            name = row.booking.person.name
            reference = row.booking.reference
            select = forms.ChoiceField(label=f"How {name} is on the paper", choices=ON_PAPER, initial=now.value)
            self.fields[f"mark-{reference}"] = select
            at = row.booking.last_time  # type: ignore[attr-defined]
            self.fields[f"time-{reference}"] = TimeField(
                label=f"When {name} came or left", required=False, initial=f"{at.hour}:{at.minute:02}" if at else ""
            )

    def drawn(self) -> list[tuple[RosterRow, Any, Any]]:
        """Each row with its two fields."""
        names = [(row, row.booking.reference) for row in self.rows]
        return [(row, self[f"mark-{reference}"], self[f"time-{reference}"]) for row, reference in names]

    @property
    def lines(self) -> list[Line]:
        data = self.cleaned_data
        names = [(row.booking, row.booking.reference) for row in self.rows]
        return [
            Line(booking, Mark(data[f"mark-{reference}"]), data[f"time-{reference}"]) for booking, reference in names
        ]
