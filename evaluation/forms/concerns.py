from django import forms

from evaluation.actions.concerns import NOTE_LIMIT, OUTCOMES
from training.web.forms import MusterForm


class NoteForm(MusterForm):
    note = forms.CharField(
        label="Add a note",
        help_text="Who was told, when, and what they said.",
        max_length=NOTE_LIMIT,
        widget=forms.Textarea({"rows": "3"}),
    )


class CloseForm(MusterForm):
    outcome = forms.ChoiceField(
        label="What came of it",
        choices=OUTCOMES.items(),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what came of it"},
    )
    note = forms.CharField(
        label="What was done, for the record", max_length=NOTE_LIMIT, widget=forms.Textarea({"rows": "3"})
    )


class ReasonForm(MusterForm):
    reason = forms.CharField(
        label="Why the writer has to be known",
        help_text="Kept on record with your name and that of the person who agrees.",
        max_length=NOTE_LIMIT,
        widget=forms.Textarea({"rows": "3"}),
    )
