"""What the style guide shows: every form field and component with plausible content."""

from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone

from training.web import components as c
from training.web.charts import Bar, BarChart, Interval, IntervalChart
from training.web.fields import DateField, TelField, TimeField, UploadField
from training.web.forms import OnceForm
from training.web.pages import paginate, sorting

AGENCIES = [
    ("", "Choose one"),
    ("council", "Council"),
    ("health", "Health"),
    ("police", "Police"),
    ("school", "School"),
]
COMING = [("yes", "Yes, I am coming"), ("colleague", "Send a colleague"), ("no", "I can’t come")]
MODES = [("room", "In a room"), ("live", "Live online"), ("own", "In your own time")]


class StyleguideForm(OnceForm):
    name = forms.CharField(label="Your full name", max_length=120, widget=forms.TextInput({"autocomplete": "name"}))
    email = forms.EmailField(label="Work e-mail address", help_text="We send your joining instructions here.")
    password = forms.CharField(label="Password", widget=forms.PasswordInput({"autocomplete": "new-password"}))
    mobile = TelField(label="Mobile number", required=False, help_text="For a text message the day before.")
    agency = forms.ChoiceField(label="Where you work", choices=AGENCIES)
    coming = forms.ChoiceField(label="Are you still coming?", choices=COMING, widget=forms.RadioSelect)
    modes = forms.MultipleChoiceField(
        label="How you like to learn",
        choices=MODES,
        widget=forms.CheckboxSelectMultiple,
        help_text="Choose all that fit.",
    )
    starts_on = DateField(label="Date of the course", help_text="For example, 27 3 2027")
    starts = TimeField(label="Start time", help_text="For example, 9:30 or 13:00")
    places = forms.IntegerField(label="Places offered", min_value=1, max_value=300)
    fee = forms.DecimalField(label="Fee in pounds", required=False, max_digits=8, decimal_places=2)
    note = forms.CharField(
        label="What should the trainer know?",
        required=False,
        max_length=300,
        widget=forms.Textarea,
        help_text="No names of children.",
    )
    sheet = UploadField(label="Photo of the signed sheet", extensions=("jpg", "png", "pdf"), required=False)
    agreed = forms.BooleanField(label="My manager has agreed", help_text="We send them a copy of your booking.")


WRONG = {
    "email": "priya.natarajan",
    "agency": "moon",
    "starts_on_day": "31",
    "starts_on_month": "2",
    "starts_on_year": "2027",
    "starts": "half nine",
    "places": "9000000000",
    "note": "x" * 310,
    "submission": "not-an-id",
}


def styleguide_context(request: HttpRequest) -> dict[str, Any]:
    wrong = request.method == "POST" or "errors" in request.GET
    form = StyleguideForm(request.POST if request.method == "POST" else WRONG if wrong else None)
    now = timezone.now()
    return {
        "form": form,
        "now": now,
        "soon": now + timedelta(days=3),
        "page": paginate(request, range(1, 641), per_page=25),
        "crumbs": [c.NavItem("Home", "/"), c.NavItem("Courses", "/courses/")],
        "tabs": [
            c.NavItem("Coming up", "?", True),
            c.NavItem("Past", "?tab=past"),
            c.NavItem("Waiting", "?tab=waiting"),
        ],
        "tag_colours": ["grey", "green", "teal", "blue", "purple", "magenta", "red", "orange", "yellow"],
        **_lists(request),
        **_figures(),
    }


def _lists(request: HttpRequest) -> dict[str, Any]:
    columns = [
        c.Column("Where they work", sort="agency"),
        c.Column("Came", is_numeric=True, sort="came"),
        c.Column("Places", is_numeric=True),
        c.Column("State"),
    ]
    rows = [
        ["Children’s Social Care", 41, 44, c.Cell("Full", tag="green")],
        [c.Cell("Metropolitan Police", url="#", hint="3 waiting"), 3, 12, c.Cell("Few came", tag="orange")],
        ["St Anne’s Church of England Primary School and Nursery", 9, 9, c.Cell("Full", tag="green")],
    ]
    return {
        "table": c.Table(
            "Attendance by agency, this quarter",
            columns,
            rows,
            marked=frozenset({1}),
            total=["All", 53, 65, None],
            sorting=sorting(request, ["agency", "came"], "agency"),
        ),
        "summary": [
            c.Row("Course", "Working with neglect", "#"),
            c.Row("Date", "Tue 14 May, 9:30–13:00", "#"),
            c.Row("Place", "Bankside House, room 4"),
            c.Row("Interpreter", "Confirmed"),
        ],
        "tasks": [
            c.Task("Confirm you are coming", "#", "2 minutes", "yellow", "Free to cancel until Thursday, 17:00"),
            c.Task("Before the course: four ratings", "#", "Done"),
            c.Task("Certificate", "", "After the course", hint="Ready when the register is in"),
        ],
        "steps": [
            c.Step("Booked", "Mon 3 May, 10:12", "by Priya Natarajan"),
            c.Step("Asked “Are you still coming?”", "Fri 7 May, 9:00"),
            c.Step("Waiting for your answer", state="current", note="Until Thursday 13 May, 17:00"),
            c.Step("Course", "Tue 18 May, 9:30", state="coming"),
        ],
        "filters": c.Filters(
            [
                _facet(request, "mode", "How it is taught", MODES),
                _facet(
                    request,
                    "level",
                    "Who it’s for",
                    [("1", "Everybody"), ("2", "Works with children"), ("3", "Designated leads")],
                ),
            ]
        ),
    }


def _facet(request: HttpRequest, name: str, label: str, choices: list[tuple[str, str]]) -> c.Facet:
    chosen = request.GET.getlist(name)
    return c.Facet(name, label, [c.Option(v, text, 3 * n + 2, v in chosen) for n, (v, text) in enumerate(choices)])


def _figures() -> dict[str, Any]:
    return {
        "figures": [
            c.Figure("Fill", "77.4 %", "304 of 393 places"),
            c.Figure("Attendance", "93.1 %", "269 of 289 booked people came"),
            c.Figure("Didn’t come", "6.9 %", "20 of 289 booked people"),
            c.Figure("Satisfaction", "Hidden", "fewer than 5 answers", is_withheld=True),
        ],
        "bars": BarChart(
            "Attendance by agency",
            [
                Bar("Children’s Social Care", 93.2, "93.2 % (41 of 44)"),
                Bar("Metropolitan Police", 25, "25.0 % (3 of 12)"),
                Bar("St Anne’s Church of England Primary School and Nursery", 100, "100.0 % (9 of 9)"),
                Bar("Fire brigade", None, "no places booked"),
            ],
            maximum=100,
            value_label="Came, of those booked",
        ),
        "intervals": IntervalChart(
            "Change in confidence, from before the course to its end",
            [
                Interval(
                    "Recognise the signs of neglect", 0.8, 0.5, 1.1, "+0.8, likely between +0.5 and +1.1 (34 people)"
                ),
                Interval(
                    "Know whom to tell in another agency",
                    0.1,
                    -0.3,
                    0.5,
                    "+0.1, likely between −0.3 and +0.5 (31 people)",
                ),
                Interval("Record what the child said", None, 0, 0, "hidden: fewer than 5 answers"),
            ],
            low=-2,
            high=2,
        ),
    }
