"""What a field says when it refuses, built from its label where the form says nothing itself."""

from typing import Any

from django import forms
from django.core.validators import DecimalValidator, MaxLengthValidator, MaxValueValidator, MinValueValidator

from training.web.fields import DateField, SubmissionField

LINE_LIMIT = 255
TEXT_LIMIT = 5000
NUMBER_LIMIT = 2_147_483_647  # PostgreSQL's integer
DIGITS_LIMIT = 15
NOT_TEXT = (forms.UUIDField, forms.JSONField)  # Django's CharFields whose value has no length


def lower_first(text: str) -> str:
    """ "Your full name" → "your full name"; "NHS number", "GP practice" and "I agree" stay."""
    first = text.split(" ", 1)[0].rstrip(",.:?")
    return text if first.isupper() or not text else text[0].lower() + text[1:]


def apply_conventions(field: forms.Field, label: str) -> None:
    """Bound what may be typed, and word the refusals that the form left to Django. Changes the field."""
    if isinstance(field, SubmissionField):  # nobody types it, and it has its own words
        return
    _limit(field)
    plain = {**forms.Field.default_error_messages, **_class_messages(type(field))}
    for code, message in default_messages(field, label).items():
        if field.error_messages.get(code, plain.get(code)) == plain.get(code):
            field.error_messages[code] = message


def default_messages(field: forms.Field, label: str) -> dict[str, str]:
    required = _required(field, label)
    label = "Your answer" if label.endswith("?") else label
    return {
        "required": required,
        "max_length": f"{label} must be %(limit_value)d characters or fewer. You have entered %(show_value)d",
        "min_length": f"{label} must be %(limit_value)d characters or more. You have entered %(show_value)d",
        "max_value": f"{label} must be %(limit_value)s or less",
        "min_value": f"{label} must be %(limit_value)s or more",
        **_invalid(field, label),
    }


def _required(field: forms.Field, label: str) -> str:
    if isinstance(field, forms.BooleanField):
        return f"Tick “{label}” to go on"
    is_choice = isinstance(field, forms.ChoiceField | forms.ModelChoiceField)
    if label.endswith("?"):
        return f"{'Choose' if is_choice else 'Enter'} an answer to “{label}”"
    verb = "Choose" if is_choice or isinstance(field, forms.FileField) else "Enter"
    return f"{verb} {lower_first(label)}"


def _invalid(field: forms.Field, label: str) -> dict[str, str]:
    choice = "Choose one of the answers shown"
    if isinstance(field, forms.EmailField):
        return {"invalid": "Enter an e-mail address in full, like name@example.org"}
    if isinstance(field, forms.DecimalField | forms.FloatField):
        too_long = f"{label} has too many digits"
        codes = ("max_digits", "max_whole_digits", "max_decimal_places")
        return {"invalid": f"{label} must be a number, like 12.50"} | dict.fromkeys(codes, too_long)
    if isinstance(field, forms.IntegerField):
        return {"invalid": f"{label} must be a whole number, like 12"}
    if isinstance(field, forms.URLField):
        return {"invalid": "Enter a full web address, like https://www.example.org"}
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return {"invalid_choice": choice, "invalid_list": choice, "invalid_pk_value": choice}
    if isinstance(field, forms.FileField):
        return {"empty": "The file is empty. Choose another", "missing": f"Choose {lower_first(label)}"}
    if isinstance(field, DateField):
        return {
            "incomplete": f"{label} must include a %(parts)s",
            "invalid": f"{label} must be a real date, like 27 3 2027",
            "too_early": f"{label} must be on or after %(limit)s",
            "too_late": f"{label} must be on or before %(limit)s",
        }
    return {}


def _class_messages(cls: type) -> dict[str, Any]:
    messages: dict[str, Any] = {}
    for base in reversed(cls.__mro__):
        messages.update(getattr(base, "default_error_messages", {}))
    return messages


def _limit(field: forms.Field) -> None:
    if isinstance(field, forms.DecimalField):
        if field.max_digits is None:
            field.max_digits = DIGITS_LIMIT
            field.validators.append(DecimalValidator(DIGITS_LIMIT, field.decimal_places))
    elif isinstance(field, forms.IntegerField):
        if field.max_value is None:
            field.validators.append(MaxValueValidator(NUMBER_LIMIT))
        if field.min_value is None:
            field.validators.append(MinValueValidator(-NUMBER_LIMIT))
    elif isinstance(field, forms.CharField) and not isinstance(field, NOT_TEXT) and field.max_length is None:
        _limit_text(field)


def _limit_text(field: forms.CharField) -> None:
    if not isinstance(field.widget, forms.PasswordInput):
        field.max_length = TEXT_LIMIT if isinstance(field.widget, forms.Textarea) else LINE_LIMIT
        field.validators.append(MaxLengthValidator(field.max_length))
