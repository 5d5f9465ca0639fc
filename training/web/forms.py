"""Forms that render themselves in our look: `{{ form }}` is enough in a template.

A page's form is a `MusterForm` or `MusterModelForm`; somebody else's (a library's) takes `MusterFormMixin` before it.
The renderer gives every form the look; the mixin adds the words, the limits and the cleaning of what was typed.
"""

import re
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import Input

from training.web.fields import DateField, SubmissionField, TelField, TimeField, UploadField
from training.web.widgets import DateWidget, IsoDateInput, TelInput, TimeWidget
from training.web.wording import apply_conventions

__all__ = [
    "DateField",
    "DateWidget",
    "IsoDateInput",
    "MusterBoundField",
    "MusterForm",
    "MusterFormMixin",
    "MusterModelForm",
    "MusterRenderer",
    "OnceForm",
    "SubmissionField",
    "TelField",
    "TelInput",
    "TimeField",
    "TimeWidget",
    "UploadField",
]

# Control characters, and those that turn or hide text: a name must look the same to whoever reads it next.
INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


class MusterBoundField(BoundField):
    """A field with the class names and roles that our templates and stylesheet expect."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        classes = [str(widget.attrs.get("class", "")), *self._classes(widget)]
        if joined := " ".join(name for name in classes if name):
            attrs["class"] = joined
        if self.kind == "counted":
            attrs["aria-describedby"] = f"{attrs.get('aria-describedby') or ''} {self.auto_id}-info".strip()
            attrs["maxlength"] = False  # the count says how far over; the browser must not cut what was pasted
        return {**self._defaults(widget), **attrs}

    def _classes(self, widget: forms.Widget) -> list[str]:
        base = _base_class(widget)
        if not base:
            return []
        extra = {"counted": ["govuk-js-character-count"], "password": ["govuk-js-password-input-input"]}
        wrong = [f"{base}--error"] if self.errors and base != "govuk-checkboxes__input" else []
        return [base, *wrong, *extra.get(self.kind, [])]

    def _defaults(self, widget: forms.Widget) -> dict[str, Any]:
        given = widget.attrs
        if isinstance(widget, forms.EmailInput):
            return _missing(given, autocomplete="email", spellcheck="false", autocapitalize="none")
        if isinstance(widget, forms.PasswordInput):
            return _missing(given, spellcheck="false", autocapitalize="none", autocomplete="current-password")
        if isinstance(widget, forms.Textarea):
            return {"cols": False, "rows": "5"} if given.get("rows") == "10" else {"cols": False}
        return {}

    @property
    def kind(self) -> str:
        """Which shape of group: checkbox, fieldset, counted, password or plain."""
        widget = self.field.widget
        if isinstance(widget, forms.CheckboxInput):
            return "checkbox"
        if self.use_fieldset:
            return "fieldset"
        if isinstance(widget, forms.Textarea) and self.auto_id and getattr(self.field, "max_length", None):
            return "counted"
        return "password" if isinstance(widget, forms.PasswordInput) else "plain"

    @property
    def first_input_id(self) -> str:
        """Where the link in the error summary goes."""
        return f"{self.auto_id}_0" if self.use_fieldset else self.id_for_label

    @property
    def is_marked_optional(self) -> bool:
        form_marks = getattr(self.form, "mark_optional", False)
        return bool(form_marks) and not self.field.required and self.kind != "checkbox"


def _base_class(widget: forms.Widget) -> str:
    kinds: tuple[tuple[type[forms.Widget] | tuple[type[forms.Widget], ...], str], ...] = (
        ((forms.HiddenInput, forms.MultiWidget, forms.RadioSelect, forms.CheckboxSelectMultiple), ""),
        (forms.CheckboxInput, "govuk-checkboxes__input"),
        (forms.FileInput, "govuk-file-upload"),
        (forms.Textarea, "govuk-textarea"),
        (forms.Select, "govuk-select"),
        (Input, "govuk-input"),
    )
    return next((name for types, name in kinds if isinstance(widget, types)), "")


def _missing(given: dict[str, Any], **defaults: str) -> dict[str, Any]:
    return {name: value for name, value in defaults.items() if name not in given}


class MusterRenderer(TemplatesSetting):
    """Gives every form, a library's too, our templates and bound fields."""

    form_template_name = "components/forms/form.html"
    formset_template_name = "components/forms/formset.html"
    field_template_name = "components/forms/field.html"
    bound_field_class = MusterBoundField


class MusterFormMixin(forms.BaseForm):
    """Words, limits and cleaning for any form class. Put it before the class it improves."""

    use_required_attribute = False
    mark_optional: ClassVar[bool] = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for name, field in list(self.fields.items()):
            self.fields[name] = _ours(field)
            apply_conventions(self.fields[name], str(self[name].label))
            _numbers_as_text(self.fields[name])

    def _widget_data_value(self, widget: forms.Widget, html_name: str) -> Any:
        value = super()._widget_data_value(widget, html_name)  # type: ignore[misc]
        if isinstance(widget, forms.PasswordInput):
            return value
        is_text = isinstance(widget, forms.Textarea)
        return _each(value, _without_nul if is_text else _without_invisible)


def _each(value: Any, change: Any) -> Any:
    if isinstance(value, str):
        return change(value)
    return [_each(part, change) for part in value] if isinstance(value, list) else value


def _without_nul(text: str) -> str:
    return text.replace("\x00", "")


def _without_invisible(text: str) -> str:
    return INVISIBLE.sub("", text)


def _ours(field: forms.Field) -> forms.Field:
    """Django's plain date and time fields (a model form makes them) become ours."""
    kinds: dict[type, type[forms.Field]] = {forms.DateField: DateField, forms.TimeField: TimeField}
    ours = kinds.get(type(field))
    if ours is None or isinstance(field.widget, IsoDateInput | forms.HiddenInput):
        return field
    kept = ("required", "label", "initial", "help_text", "disabled")
    return ours(**{name: getattr(field, name) for name in kept})


def _numbers_as_text(field: forms.Field) -> None:
    # Number boxes change under a mouse wheel and drop what they cannot read; a text box keeps it for the error.
    if type(field.widget) is forms.NumberInput:
        field.widget.input_type = "text"
        mode = "decimal" if isinstance(field, forms.DecimalField | forms.FloatField) else "numeric"
        kept = {k: v for k, v in field.widget.attrs.items() if k not in ("min", "max", "step")}
        field.widget.attrs = {"inputmode": mode, "class": "govuk-input--width-5", **kept}


class MusterForm(MusterFormMixin, forms.Form):
    """The form of a page."""


class MusterModelForm(MusterFormMixin, forms.ModelForm):  # type: ignore[type-arg]
    """The form of a page about one row. Saving stays with the action, not with the form."""


class OnceForm(MusterForm):
    """A form with a hidden `submission` id, for an action that must not happen twice by a second click.

    The view hands `form.cleaned_data["submission"]` (a UUID) to the action, which keeps it under a unique constraint.
    """

    submission = SubmissionField()
