"""What becomes of each open date of a course that is withdrawn."""

from collections.abc import Sequence
from typing import Any

from django import forms

from bookings.actions.withdrawing import Becomes, Fate
from training.catalogue.models import Event
from training.web.forms import MusterForm
from training.web.words import count, day

HAND_OVER = "to:"


class WithdrawForm(MusterForm):
    """A choice for each date, and why. `targets` are dates to which those booked may be moved."""

    def __init__(self, *args: Any, events: Sequence[Event], targets: Sequence[Event], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.events, self.targets = events, {target.reference: target for target in targets}
        for event in events:
            self.fields[event.reference] = forms.ChoiceField(
                label=_label(event),
                choices=self._choices(event),
                widget=forms.RadioSelect,
                error_messages={"required": f"Choose what becomes of {event.reference}"},
            )
        if events:
            self.fields["reason"] = forms.CharField(
                label="Why is the course withdrawn?",
                max_length=300,
                required=False,
                help_text="Whoever is booked, waits or teaches on a date that ends reads this sentence.",
            )

    def _choices(self, event: Event) -> list[tuple[str, str]]:
        moved = [
            (f"{HAND_OVER}{target.reference}", f"Move those booked to {_where(target)}")
            for target in self.targets.values()
            if event.starts_at is not None
        ]
        return [(Becomes.RUN, Becomes.RUN.label), (Becomes.CANCEL, Becomes.CANCEL.label), *moved]

    @property
    def fates(self) -> dict[int, Fate]:
        return {event.pk: self._fate(self.cleaned_data[event.reference]) for event in self.events}

    def _fate(self, chosen: str) -> Fate:
        if chosen.startswith(HAND_OVER):
            return Fate(Becomes.HAND_OVER, self.targets[chosen.removeprefix(HAND_OVER)])
        return Fate(Becomes(chosen))


def _label(event: Event) -> str:
    when = day(event.starts_at) if event.starts_at else "in people’s own time"
    return f"{event.reference}, {when}: {count(event.places_held, 'person', 'people')} booked"


def _where(event: Event) -> str:
    when = f", {day(event.starts_at)}" if event.starts_at else ""
    return f"{event.version.title}{when} ({count(event.places_left or 0, 'place')} left)"
