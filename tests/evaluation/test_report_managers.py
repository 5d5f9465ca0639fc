"""What managers saw, in the quarter's report: page, files and the copy that is kept."""

import csv
import io
import json
from typing import Any

import pikepdf
import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from evaluation.models import Comment
from evaluation.reports.building import build_report
from evaluation.reports.canonical import canonical
from evaluation.reports.files import report_bytes
from evaluation.reports.scopes import find_scope
from tests.conftest import ClientOf
from tests.evaluation.making import make_ran
from tests.evaluation.manager_making import confirmed
from training.catalogue.models import Event
from training.people.models import Partnership, User
from training.web.periods import quarter_of
from training.web.when import london_day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]


def key_after(event: Event) -> str:
    """The quarter whose report tells what became of this date's people."""
    return quarter_of(quarter_of(london_day(event.starts_at), 4).ends_on, 4).key


def report_after(event: Event, partnership: Partnership) -> dict[str, Any]:
    scope = find_scope("quarter", key_after(event), partnership=partnership, today=timezone.localdate())
    assert scope is not None
    return build_report(scope, partnership=partnership, now=timezone.now())


def example(event: Event, text: str, state: Comment.State = Comment.State.QUOTABLE) -> Comment:
    is_read = state != Comment.State.UNSCREENED
    return Comment.objects.create(
        origin=Comment.Origin.MANAGER, event=event, on=london_day(event.starts_at), text="as it was typed",
        state=state, cleared_text=text if is_read else "",
    )  # fmt: skip


def make_confirmed(**states: int) -> Event:
    event = make_ran()
    confirmed(event, **states)
    example(event, "She rang the school before she referred.")
    example(event, "", Comment.State.UNSCREENED)
    return event


def test_managers_are_in_the_report_with_their_examples(partnership: Partnership) -> None:
    managers = report_after(make_confirmed(saw_change=6, not_yet=5, asked=3), partnership)["sections"]["followed"][
        "managers"
    ]

    assert managers["response"]["words"] == "78.6 %: managers answered for 11 of 14 people"
    assert managers["saw"]["words"] == "54.5 %: managers saw a change in 6 of 11 people"
    assert managers["examples"] == ["She rang the school before she referred."]
    assert managers["examples_sentence"] == "2 examples came with it; 1 of these may be read."


@pytest.mark.parametrize("states", [{"saw_change": 4}, {"saw_change": 6, "not_yet": 2}])
def test_few_are_withheld_with_their_examples(states: dict[str, int], partnership: Partnership) -> None:
    managers = report_after(make_confirmed(**states), partnership)["sections"]["followed"]["managers"]

    saw = managers["saw"]
    assert (saw["is_withheld"], saw["value"], saw["numerator"], saw["n"]) == (True, None, None, None)
    assert (managers["examples"], managers["examples_sentence"]) == ([], "")


def test_nobody_asked_says_so(partnership: Partnership) -> None:
    managers = report_after(make_ran(people=3), partnership)["sections"]["followed"]["managers"]

    assert managers["sentence"] == "No manager was asked about their people."


def test_page_shows_what_managers_saw(pdl: User, client_of: ClientOf, partnership: Partnership) -> None:
    event = make_confirmed(saw_change=6, not_yet=5, asked=3)

    page = client_of(pdl).get(f"/reports/quarter/{key_after(event)}/").content.decode()

    assert "54.5 %: managers saw a change in 6 of 11 people" in page
    assert "She rang the school before she referred." in page
    assert "#manager_saw_change" in page


def test_files_say_the_same(partnership: Partnership) -> None:
    report = report_after(make_confirmed(saw_change=6, not_yet=5, asked=3), partnership)

    rows = list(csv.DictReader(io.StringIO(report_bytes(report, "csv").decode("utf-8-sig"))))
    book = CalamineWorkbook.from_filelike(io.BytesIO(report_bytes(report, "xlsx")))
    sheets = {name.split(" ", 1)[1]: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}

    found = {row["Definition"]: (row["Part"], row["Whole"]) for row in rows if row["Section"] == "Managers"}
    assert found == {"manager_response v1": ("11", "14"), "manager_saw_change v1": ("6", "11")}
    words = "54.5 %: managers saw a change in 6 of 11 people"
    assert [row[3] for row in sheets["Figures"] if row[0] == "Managers"][1] == words
    assert sheets["What managers saw"][1:] == [["She rang the school before she referred."]]
    assert words in canonical(report)


def test_copy_without_managers_is_still_drawn(partnership: Partnership) -> None:
    """Copies of the second format that were published before managers were in it."""
    report = json.loads(canonical(report_after(make_ran(people=3), partnership)))
    del report["sections"]["followed"]["managers"]

    with pikepdf.open(io.BytesIO(report_bytes(report, "pdf"))) as document:
        assert len(document.pages) >= 4
    assert report_bytes(report, "xlsx").startswith(b"PK")
    assert b"manager" not in report_bytes(report, "csv")
