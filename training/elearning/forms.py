from pathlib import PurePath
from typing import Any

from django import forms

from training.catalogue.material_files import BEGINNINGS
from training.catalogue.models import CourseVersion
from training.elearning.actions import LARGEST_PROOF_MEGABYTES
from training.people.models import Person
from training.web.forms import DateField, MusterForm, OnceForm, UploadField


class ElsewhereForm(OnceForm):
    course = forms.ModelChoiceField(
        CourseVersion.objects.none(), label="Which course of ours it is like", empty_label="Choose a course"
    )
    on = DateField(label="The day you finished")
    where = forms.CharField(label="Who gave it", max_length=200, help_text="Such as your trust, or a website")
    proof = UploadField(
        label="The certificate",
        required=False,
        extensions=("pdf", "jpg", "jpeg", "png"),
        max_megabytes=LARGEST_PROOF_MEGABYTES,
        help_text="PDF or a photo, if you have it.",
    )
    what_proves_it = forms.CharField(
        label="Without a file: what proves it",
        required=False,
        max_length=1000,
        widget=forms.Textarea,
        help_text="Such as “the certificate is in my staff file, number 4711”.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = CourseVersion.objects.filter(is_current=True, course__standing="published")
        self.fields["course"].queryset = rows.order_by("title")  # type: ignore[attr-defined]

    def clean_proof(self) -> Any:
        """What it is stands in its first bytes, whatever it is called."""
        sent = self.cleaned_data["proof"]
        if sent:
            start = sent.read(8)
            found = next((kind for kind, begins in BEGINNINGS.items() if start.startswith(begins)), "")
            sent.seek(0)
            if PurePath(sent.name).suffix.lower().lstrip(".").replace("jpeg", "jpg") != found:
                raise forms.ValidationError(
                    "This is not the PDF or picture that its name says. Save or photograph it again"
                )
        return sent

    @property
    def facts(self) -> dict[str, Any]:
        """The arguments of `claim_elsewhere` that the form gives."""
        given, sent = self.cleaned_data, self.cleaned_data["proof"]
        return {
            "version": given["course"],
            "on": given["on"],
            "where": given["where"],
            "what_proves_it": given["what_proves_it"],
            "proof": sent.read() if sent else b"",
            "proof_name": sent.name if sent else "",
            "submission": given["submission"],
        }


class ClaimAnswerForm(MusterForm):
    is_confirmed = forms.TypedChoiceField(
        label="Did they do it?",
        choices=[("yes", "Yes, put it in their record"), ("no", "No, or I cannot tell")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label="Why not, for them to read", required=False, max_length=300, help_text="Needed when you say no."
    )


class WhoseForm(MusterForm):
    reference = forms.CharField(
        label="Reference of the person", max_length=8, help_text="Eight letters and digits: it stands on their record."
    )

    def clean_reference(self) -> Person:
        found = Person.objects.present().filter(reference=self.cleaned_data["reference"].upper()).first()
        if found is None:
            raise forms.ValidationError("Nobody has this reference. Find the person first and copy theirs.")
        return found
