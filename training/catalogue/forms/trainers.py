import datetime
from typing import Any

from django import forms

from training.catalogue.models import Event
from training.catalogue.trainers import who_may_be_asked
from training.people.models import Person
from training.web.forms import MusterForm


class TrainerField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} (confirmed elsewhere then)" if obj.is_busy else str(obj.name)


class AskTrainerForm(MusterForm):
    mark_optional = False

    person = TrainerField(
        label="Ask a trainer",
        queryset=Person.objects.none(),
        to_field_name="reference",
        empty_label="Choose one",
        error_messages={"required": "Choose a trainer", "invalid_choice": "Choose a trainer from the list"},
    )

    def __init__(self, *args: Any, event: Event, day: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = who_may_be_asked(event, day)  # type: ignore[attr-defined]
