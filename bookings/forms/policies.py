"""What a coordinator fills in to write booking rules."""

import datetime
from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from bookings.actions.policies import RULES
from bookings.models import BookingPolicyVersion, Length
from bookings.rules.tariffs import EVERYBODY, Tariff, tariffs_of
from training.catalogue.forms.orders import PoundsField
from training.catalogue.models import Course, DeliveryMode
from training.people.models import Agency, Employment, Sector
from training.people.permissions import Role
from training.web.forms import DateField, MusterForm, TimeField

# Who may have a tariff of their own, in the order of the form.
WHO = (
    *(f"kind:{value}" for value in Agency.Kind.values),
    *(f"sector:{value}" for value in Sector.values),
    EVERYBODY,
)
GROUPS = (
    (
        "Booking and cancelling",
        "closes_working_days_before notice_amount notice_kind notice_ends_at late_percent all_within_amount",
    ),
    ("At the date", "late_grace_minutes early_grace_minutes turned_away_is_absent"),
    ("Who is never charged", "exempt_person_kinds exempt_roles exempt_courses"),
    ("Money", "is_charge_per_day fee_vat charge_vat explain_working_days"),
    ("Offered and kept places", "offer_working_hours late_offer_working_hours late_offer_within_days "
     "release_working_days_before"),
    ("Messages and what is kept", "asks_working_days_before joining_working_days_before joining_link_hours "
     "adjustments_kept_days"),
)  # fmt: skip


class PolicyForm(MusterForm):
    name = forms.CharField(label="What are these rules called?", max_length=80)
    course = forms.CharField(
        label="For one course", max_length=20, required=False, help_text="Its code. Empty for all courses."
    )
    mode = forms.ChoiceField(label="How it is held", choices=[("", "Any way"), *DeliveryMode.choices], required=False)
    length = forms.ChoiceField(label="How long it is", choices=[("", "Any length"), *Length.choices], required=False)
    mark_optional = False

    def clean_course(self) -> Course | None:
        code = self.cleaned_data["course"].strip()
        course = Course.objects.filter(code__iexact=code).first() if code else None
        if code and course is None:
            raise forms.ValidationError("There is no course with this code. Enter it as it stands in the catalogue")
        return course


def _number(label: str, help_text: str = "", *, most: int = 400, required: bool = True) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=most, help_text=help_text, required=required)


class VersionForm(MusterForm):
    """All of a version, filled in with the one that it follows."""

    closes_working_days_before = _number("Booking closes how many working days before?", "0: when the date begins.")
    notice_amount = _number("Cancelling is free until how long before?", most=200)
    notice_kind = forms.ChoiceField(label="Counted in", choices=BookingPolicyVersion.NoticeKind.choices)
    notice_ends_at = TimeField(label="At what time that day?", help_text="For example, 17:00")
    late_percent = _number("How much of the charge does cancelling late cost, in per cent?", most=100)
    all_within_amount = _number(
        "And all of it from how long before?", "Counted in the same. Empty: never more than that.", required=False
    )
    late_grace_minutes = _number("Minutes that somebody may come late", most=240)
    early_grace_minutes = _number("Minutes that somebody may leave early", most=240)
    turned_away_is_absent = forms.BooleanField(label="Turned away for being late counts as not there", required=False)
    exempt_person_kinds = forms.MultipleChoiceField(
        label="People who work as", choices=Employment.Kind.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    exempt_roles = forms.MultipleChoiceField(
        label="People who on the day of the date are", choices=Role.choices, widget=forms.CheckboxSelectMultiple,
        required=False,
    )  # fmt: skip
    exempt_courses = forms.CharField(
        label="Courses", max_length=600, required=False, help_text="Their codes, with commas between."
    )
    is_charge_per_day = forms.BooleanField(label="The charge is for each day of the date", required=False)
    fee_vat = forms.ChoiceField(label="Fees for coming are", choices=BookingPolicyVersion.Vat.choices)
    charge_vat = forms.ChoiceField(label="Charges for not coming are", choices=BookingPolicyVersion.Vat.choices)
    explain_working_days = _number("How many working days do people have to say why?", most=60)
    offer_working_hours = _number("An offered place waits how many working hours?", "A working day has 8.", most=200)
    late_offer_working_hours = _number("And in the last days, how many?", most=200)
    late_offer_within_days = _number("How many days are the last ones?", most=60)
    release_working_days_before = _number("Kept places are released how many working days before?")
    asks_working_days_before = _number(
        "“Are you still coming?” goes out how many working days before cancelling stops being free?", most=60
    )
    joining_working_days_before = _number("Joining instructions go out how many working days before?", most=60)
    joining_link_hours = _number("The link of a live online date goes out how many hours before?", most=720)
    adjustments_kept_days = _number("What somebody needs is deleted how many days after?", most=365)
    effective_from = DateField(label="From which day?", help_text="Tomorrow at the earliest. For example, 1 4 2027")
    why = forms.CharField(label="Why do the rules change?", max_length=300, help_text="Kept with the version.")
    mark_optional = False

    def __init__(self, *args: Any, follows: BookingPolicyVersion, **kwargs: Any) -> None:
        super().__init__(*args, initial=initial_of(follows), **kwargs)
        for who in WHO:
            for field, what in (("fee", "coming"), ("charge", "not coming")):
                label = f"{Tariff(who).words}: pounds for {what}"
                self.fields[f"{field}_{who}"] = PoundsField(label=label, max_value=10_000)

    @property
    def groups(self) -> Iterator[tuple[str, list[BoundField]]]:
        for title, names in GROUPS:
            yield title, [self[name] for name in names.split()]

    @property
    def tariff_rows(self) -> list[tuple[str, BoundField, BoundField]]:
        return [(Tariff(who).words, self[f"fee_{who}"], self[f"charge_{who}"]) for who in WHO]

    @property
    def last_fields(self) -> list[BoundField]:
        return [self["effective_from"], self["why"]]

    def clean_exempt_courses(self) -> list[str]:
        codes = [code.strip() for code in self.cleaned_data["exempt_courses"].split(",") if code.strip()]
        known = {code.lower(): code for code in Course.objects.values_list("code", flat=True)}
        if missing := [code for code in codes if code.lower() not in known]:
            raise forms.ValidationError(f"There is no course with the code {missing[0][:20]}")
        return sorted({known[code.lower()] for code in codes})

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        notice, within = given.get("notice_amount"), given.get("all_within_amount")
        if notice is not None and within is not None and within > notice:
            self.add_error("all_within_amount", f"Enter {notice} or less: before that cancelling is free")
        return given

    @property
    def rules(self) -> dict[str, Any]:
        """All of `RULES`, as the action takes them."""
        return {**{name: self.cleaned_data[name] for name in RULES if name != "tariffs"}, "tariffs": self._tariffs()}

    def _tariffs(self) -> list[dict[str, Any]]:
        lines = []
        for who in WHO:
            fee, charge = self.cleaned_data[f"fee_{who}"], self.cleaned_data[f"charge_{who}"]
            if fee is not None or charge is not None:
                lines.append({"who": who, "fee_pence": fee or 0, "charge_pence": charge or 0})
        return lines


def initial_of(version: BookingPolicyVersion) -> dict[str, Any]:
    held = {name: getattr(version, name) for name in RULES if name != "tariffs"}
    held["exempt_courses"] = ", ".join(version.exempt_courses)
    for tariff in tariffs_of(version):
        held[f"fee_{tariff.who}"] = tariff.fee_pence
        held[f"charge_{tariff.who}"] = tariff.charge_pence
    return held


class EndPolicyForm(MusterForm):
    from_day = DateField(
        label="From which day do they no longer hold?",
        help_text="Tomorrow at the earliest. Bookings made before keep them.",
        earliest=datetime.date(2000, 1, 1),
    )
