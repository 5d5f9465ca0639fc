from datetime import date, time
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from training.web.forms import DateField, MusterForm, OnceForm, TimeField, UploadField


class Sample(MusterForm):
    name = forms.CharField(label="Your full name", max_length=20)
    agency = forms.ChoiceField(label="Where you work", choices=[("a", "A")])
    coming = forms.ChoiceField(label="Are you coming?", choices=[("y", "Yes")], widget=forms.RadioSelect)
    starts_on = DateField(label="Date of the course")
    places = forms.IntegerField(label="Places offered")
    fee = forms.DecimalField(label="Fee", required=False)
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)
    agreed = forms.BooleanField(label="My manager has agreed")
    password = forms.CharField(label="Password", required=False, widget=forms.PasswordInput)


GOOD = {
    "name": "Zoë O’Brien",
    "agency": "a",
    "coming": "y",
    "starts_on_day": "7",
    "starts_on_month": "3",
    "starts_on_year": "2027",
    "places": "18",
    "agreed": "on",
}


def test_form_reads_good_answers() -> None:
    form = Sample(GOOD)

    assert form.errors == {}
    assert form.cleaned_data["starts_on"] == date(2027, 3, 7)


def test_form_words_what_is_missing_from_the_labels() -> None:
    assert {name: errors[0] for name, errors in Sample({}).errors.items()} == {
        "name": "Enter your full name",
        "agency": "Choose where you work",
        "coming": "Choose an answer to “Are you coming?”",
        "starts_on": "Enter date of the course",
        "places": "Enter places offered",
        "agreed": "Tick “My manager has agreed” to go on",
    }


def test_form_keeps_the_words_it_gives_itself() -> None:
    class Own(MusterForm):
        name = forms.CharField(label="Name", error_messages={"required": "Tell us who you are"})

    assert Own({}).errors["name"] == ["Tell us who you are"]


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("name", "x" * 21, "Your full name must be 20 characters or fewer. You have entered 21"),
        ("agency", "moon", "Choose one of the answers shown"),
        ("places", "many", "Places offered must be a whole number, like 12"),
        ("places", "9" * 400, "Places offered must be 2147483647 or less"),
        ("places", "-9" * 1, None),
        ("places", "9" * 5000, "Places offered must be a whole number, like 12"),
        ("fee", "1e999999", "Fee has too many digits"),
        ("fee", "NaN", "Fee must be a number, like 12.50"),
        ("note", "x" * 5001, "Note must be 5000 characters or fewer. You have entered 5001"),
    ],
)
def test_form_refuses_nonsense_plainly(field: str, value: str, message: str | None) -> None:
    assert Sample({**GOOD, field: value}).errors.get(field, [None])[0] == message


def test_form_strips_what_turns_or_hides_text() -> None:
    form = Sample({**GOOD, "name": "‮Zo\u200bë\x00 \u2066Ann", "note": "two\nlines\x00", "password": "a\u200bb"})

    assert form.errors == {}
    assert form.cleaned_data["name"] == "Zoë Ann"
    assert form.cleaned_data["note"] == "two\nlines"
    assert form.cleaned_data["password"] == "a\u200bb"


@pytest.mark.parametrize(
    ("typed", "message", "boxes"),
    [
        (("31", "2", "2027"), "The day must be a real date, like 27 3 2027", {"day"}),
        (("0", "13", "2027"), "The day must be a real date, like 27 3 2027", {"day", "month"}),
        (("1", "", "2027"), "The day must include a month", {"month"}),
        (("1", "", ""), "The day must include a month and a year", {"month", "year"}),
        (("1", "1", "27"), "The day must be a real date, like 27 3 2027", {"year"}),
        (("²", "1", "2027"), "The day must be a real date, like 27 3 2027", {"day"}),
        (("-1", "1", "2027"), "The day must be a real date, like 27 3 2027", {"day"}),
        (("1", "1", "1800"), "The day must be on or after 1 January 1900", {"day", "month", "year"}),
    ],
)
def test_date_says_what_is_wrong_and_marks_the_box(typed: tuple[str, str, str], message: str, boxes: set[str]) -> None:
    class Dated(MusterForm):
        on = DateField(label="The day")

    form = Dated(dict(zip(("on_day", "on_month", "on_year"), typed, strict=True)))

    assert form.errors["on"] == [message]
    assert form.fields["on"].widget.wrong_parts == boxes  # type: ignore[attr-defined]
    assert str(form).count('aria-invalid="true"') == len(boxes)


@pytest.mark.parametrize(
    ("before", "typed", "changed"),
    [
        (date(2027, 3, 7), ["07", "3", "2027"], False),
        (date(2027, 3, 7), ["8", "3", "2027"], True),
        (None, ["", "", ""], False),
        (None, None, False),
    ],
)
def test_date_knows_whether_it_changed(before: date | None, typed: list[str] | None, changed: bool) -> None:
    assert DateField().has_changed(before, typed) is changed


@given(st.lists(st.text(max_size=12), min_size=3, max_size=3))
def test_date_is_a_date_or_a_refusal(typed: list[str]) -> None:
    try:
        answer = DateField(required=False).clean(typed)
    except ValidationError:
        return
    assert answer is None or isinstance(answer, date)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("9:30", time(9, 30)), ("9.30", time(9, 30)), ("0930", time(9, 30)), ("9am", time(9)), ("1:30 pm", time(13, 30)),
     ("12am", time(0)), ("12pm", time(12)), ("13", time(13)), ("00:05", time(0, 5))],
)  # fmt: skip
def test_time_reads_what_people_write(typed: str, meant: time) -> None:
    assert TimeField().clean(typed) == meant


@given(st.text(max_size=10))
def test_time_is_a_time_or_a_refusal(typed: str) -> None:
    try:
        answer = TimeField(required=False).clean(typed)
    except ValidationError:
        return
    assert answer is None or isinstance(answer, time)


@pytest.mark.parametrize(
    ("name", "size", "code"), [("a.exe", 3, "extension"), ("a.csv", 0, "empty"), ("a.csv", 1100000, "too_big")]
)
def test_upload_refuses_the_wrong_kind_and_size(name: str, size: int, code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        UploadField(extensions=("csv",), max_megabytes=1).clean(SimpleUploadedFile(name, b"x" * size))

    assert refusal.value.code == code


def test_plain_date_and_time_fields_become_ours() -> None:
    class Plain(MusterForm):
        on = forms.DateField(label="Day")
        at = forms.TimeField(label="Start")

    fields = Plain().fields

    assert (type(fields["on"]), type(fields["at"])) == (DateField, TimeField)


def test_once_form_keeps_a_good_id_and_renews_a_bad_one() -> None:
    blank = OnceForm()
    good = str(blank["submission"].value())

    assert OnceForm({"submission": good}).is_valid()
    assert OnceForm({"submission": good})["submission"].value() == good
    bad = OnceForm({"submission": "nonsense"})
    assert not bad.is_valid()
    assert bad["submission"].value() != "nonsense"
    assert "This page was out of date" in str(bad)
    assert OnceForm()["submission"].value() != blank["submission"].value()


def rendered(**changes: Any) -> str:
    return str(Sample({**GOOD, **changes}))


def test_form_renders_its_summary_and_each_field() -> None:
    html = rendered(name="", starts_on_day="")

    assert '<li><a href="#id_name">Enter your full name</a></li>' in html
    assert '<li><a href="#id_starts_on_0">Date of the course must include a day</a></li>' in html
    assert 'aria-describedby="id_name_error"' in html
    assert 'class="govuk-input govuk-input--error"' in html
    assert html.count('type="radio"') == 1
    assert '<span class="muster-optional">(optional)</span>' in html


def test_form_shows_its_summary_once() -> None:
    from django.template import engines

    template = engines["django"].from_string("{% error_summary form %}{{ form }}")

    html = template.render({"form": Sample({})}, RequestFactory().get("/"))

    assert html.count("There is a problem") == 1


def test_form_escapes_what_was_typed() -> None:
    html = rendered(name="<script>alert(1)</script>", starts_on_day='"><b>', agency="<i>")

    assert "<script>" not in html
    assert "<b>" not in html
    assert "<i>" not in html


def test_every_label_and_description_points_at_something() -> None:
    import re

    html = rendered(name="", agreed="", note="x" * 5001, coming="")
    ids = re.findall(r' id="([^"]+)"', html)
    wanted = re.findall(r' for="([^"]+)"', html) + re.findall(r'href="#([^"]+)"', html)
    for described in re.findall(r'aria-describedby="([^"]+)"', html):
        wanted += described.split()

    assert len(ids) == len(set(ids))
    assert set(wanted) <= set(ids)


def test_form_takes_a_query_string() -> None:
    assert Sample(QueryDict("name=%E2%80%AE&places=1")).errors["name"] == ["Enter your full name"]


def test_a_form_without_its_hidden_id_says_what_to_do() -> None:
    class Wish(OnceForm):
        name = forms.CharField(label="Name")

    form = Wish({"name": "Ann"})

    assert form.errors["submission"] == ["This page was out of date. Check your answers and send them again"]
