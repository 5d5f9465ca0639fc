"""Observations, complaints, budget and single-agency returns in the quarter's report: figures from rows."""

from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from evaluation.reports.files import report_bytes
from providers.actions.quality import decide_complaint, record_complaint, record_observation
from providers.models import KpiTarget
from tests.evaluation.making import DAY, make_ran
from tests.evaluation.report_making import built, quarter_key
from tests.factories import make_agency
from tests.factories_catalogue import any_coordinator
from tests.factories_providers import make_contract, make_order, make_provider
from tests.people.making import make_lead
from training.catalogue.models import Event, Material, MaterialVersion
from training.people.models import Partnership
from training.record.models import AgencyReturn, AgencyReturnLine
from training.web.periods import quarter_of
from training.web.when import london_day

pytestmark = pytest.mark.usefixtures("partnership")


@pytest.fixture
def ordered() -> Event:
    """A date that ran with Harbour."""
    event = make_ran(people=6)
    make_order(event, make_contract(make_provider("Harbour"), starts_on=london_day(event.starts_at) - 30 * DAY))
    return event


def parts_of(event: Event) -> dict[str, Any]:
    found: dict[str, Any] = built("quarter", quarter_key(event), Partnership.objects.get())["sections"]
    return found


def figure(parts: dict[str, Any], code: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in parts["providers"]["rows"][0]["figures"] if one["code"] == code)
    return found


def test_complaints_and_observations_are_counted(ordered: Event) -> None:
    by, now, day = any_coordinator(), timezone.now(), london_day(ordered.starts_at)
    for standing in ("upheld", ""):
        complaint = record_complaint(
            provider=None, event=ordered, received_on=day, about="Old slides", submission=None, by=by, now=now
        )
        if standing:
            decide_complaint(complaint=complaint, standing=standing, decided_on=day, outcome="Mended", by=by, now=now)
    record_observation(
        event=ordered, who="Ada", verdict="partly", what_was_seen="Read aloud", submission=None, by=by, now=now
    )

    parts = parts_of(ordered)

    assert parts["learning"]["complaints"] == "2 complaints: 1 upheld, 1 still open."
    assert parts["learning"]["observations"] == "Teaching was up to standard in 0 of 1 observation."
    upheld = figure(parts, "complaints_upheld")
    assert (upheld["words"], upheld["target"], upheld["is_below"]) == (
        "100.0 %: 1 upheld for 1 dates", "at most 5 %", True,
    )  # fmt: skip
    assert figure(parts, "observed_well")["is_below"] is True


def test_quarter_is_held_against_what_was_expected_on_its_last_day(ordered: Event) -> None:
    quarter = quarter_of(london_day(ordered.starts_at), 4)
    for day, value in ((quarter.ends_on - DAY, "0.5"), (quarter.ends_on, "0.7")):
        KpiTarget.objects.create(
            measure="delivered", value=Decimal(value), in_force_from=day, reason="R", set_at=timezone.now()
        )

    assert figure(parts_of(ordered), "delivered")["target"] == "at least 50 %"


@pytest.mark.parametrize(("days", "part"), [(-30, 1), (-1, 0)])
def test_materials_are_there_five_working_days_before(days: int, part: int, ordered: Event) -> None:
    material = Material.objects.create(course=ordered.version.course, title="Slides", kind="link", audience="trainers")
    at = ordered.starts_at + days * DAY if ordered.starts_at else timezone.now()
    MaterialVersion.objects.create(
        material=material, number=1, link="https://x.example/", digest="0", at=at, by=any_coordinator().person
    )

    found = figure(parts_of(ordered), "materials_in_time")

    assert (found["numerator"], found["denominator"]) == (part, 1)


def test_returns_are_summed_by_theme(ordered: Event) -> None:
    quarter, lead = quarter_of(london_day(ordered.starts_at), 4), make_lead(make_agency())
    filed = AgencyReturn.objects.create(
        agency=lead.person.employments.get().agency, quarter_starts_on=quarter.starts_on, source="Ours",  # type: ignore[union-attr]
        filed_by=lead.person, filed_at=timezone.now(),
    )  # fmt: skip
    AgencyReturnLine.objects.create(filed=filed, theme="Prevent", courses=2, people=30)

    report = built("quarter", quarter.key, Partnership.objects.get())
    parts = report["sections"]

    assert parts["later"]["returns"] == (
        "1 of 1 return about single-agency training filed: 30 people in 2 courses,"
        " as the organisations said themselves."
    )
    assert parts["themes"]["rows"] == [{"theme": "Prevent", "people": 30, "courses": 2}]
    assert [report_bytes(report, one)[:2] for one in ("pdf", "xlsx")] == [b"%P", b"PK"]


def test_without_a_programme_there_is_no_budget(ordered: Event) -> None:
    assert parts_of(ordered)["money"]["budget_sentence"] == "No programme was agreed for it."
