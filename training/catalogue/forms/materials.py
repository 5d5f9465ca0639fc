from typing import Any

from django import forms

from training.catalogue.actions.materials import Content
from training.catalogue.material_files import EXTENSIONS, LARGEST_MEGABYTES
from training.catalogue.models import Material
from training.web.forms import DateField, MusterForm, UploadField


def _file() -> UploadField:
    return UploadField(
        label="The file",
        extensions=EXTENSIONS,
        max_megabytes=LARGEST_MEGABYTES,
        required=False,
        help_text=f"PDF, PowerPoint, Word, Excel, OpenDocument, JPEG or PNG, at most {LARGEST_MEGABYTES} MB.",
    )


def _link() -> forms.URLField:
    return forms.URLField(label="Or an address", required=False, max_length=500, assume_scheme="https")


def _confirm_by() -> DateField:
    return DateField(
        label="Trainers confirm that they use it by",
        required=False,
        help_text="Those who teach a date to come get a message. Leave it empty if nobody need confirm.",
    )


class ContentForm(MusterForm):
    """A file or a link: one of the two."""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "file" in given and "link" in given and bool(given["file"]) == bool(given["link"]):
            self.add_error("file", "Choose a file or enter an address: one of the two")
        return given

    def content(self) -> Content:
        file = self.cleaned_data["file"]
        return Content(file.read(), file.name, "") if file else Content(link=self.cleaned_data["link"])


class MaterialForm(ContentForm):
    title = forms.CharField(label="What is it?", max_length=120, help_text="Such as: Slides, day 1.")
    kind = forms.ChoiceField(label="Kind", choices=[("", "Choose one"), *Material.Kind.choices])
    audience = forms.ChoiceField(label="Who may have it?", choices=Material.Audience.choices, widget=forms.RadioSelect)
    file, link = _file(), _link()
    confirm_by = _confirm_by()


class NewVersionForm(ContentForm):
    file, link = _file(), _link()
    what_changed = forms.CharField(
        label="What has changed?", max_length=300, help_text="Trainers read this sentence.",
        error_messages={"required": "Enter what has changed: trainers read it"},
    )  # fmt: skip
    confirm_by = _confirm_by()


class AudienceForm(MusterForm):
    audience = forms.ChoiceField(label="Who may have it?", choices=Material.Audience.choices, widget=forms.RadioSelect)
