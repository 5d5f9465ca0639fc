"""Single-agency training: filed by its own lead, by quarter, corrected by filing again."""

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.conftest import ClientOf
from tests.factories import make_agency
from tests.factories_catalogue import any_coordinator
from tests.people.making import make_lead
from training.people.models import Agency, User
from training.record.filing import FilingError, Line, file_return, quarters_to_file
from training.record.models import AgencyReturn, AgencyReturnLine
from training.web.periods import Period, quarter_of

pytestmark = pytest.mark.usefixtures("partnership")
LINES = (Line("Prevent", 2, 30), Line("Mental capacity", 1, 12))


@pytest.fixture(autouse=True)
def no_second_factor(settings: Any) -> None:
    settings.SECOND_FACTOR_ROLES = []


@pytest.fixture
def agency() -> Agency:
    return make_agency("Hill School")


@pytest.fixture
def lead(agency: Agency) -> User:
    return make_lead(agency)


@pytest.fixture
def quarter() -> Period:
    return quarters_to_file(timezone.localdate(), 4)[0]


def file(agency: Agency, quarter: Period, by: User, lines: Any = LINES, source: str = "Our system") -> AgencyReturn:
    return file_return(agency=agency, quarter=quarter, lines=lines, source=source, by=by, now=timezone.now())


def test_quarters_to_file_are_the_last_four_that_are_over() -> None:
    found = quarters_to_file(datetime.date(2026, 11, 24), 4)

    assert [one.key for one in found] == ["2026-Q2", "2026-Q1", "2025-Q4", "2025-Q3"]


def test_filed_again_is_corrected(agency: Agency, lead: User, quarter: Period) -> None:
    file(agency, quarter, lead)
    filed = file(agency, quarter, lead, lines=[Line("Prevent", 3, 40)])
    none = file(agency, quarter, lead, lines=[])

    assert (AgencyReturn.objects.get(), filed.pk) == (none, none.pk)
    assert none.lines.count() == 0


def test_others_file_nothing(agency: Agency, quarter: Period) -> None:
    for by in (make_lead(), any_coordinator()):
        with pytest.raises(FilingError, match="Only the training lead of this organisation"):
            file(agency, quarter, by)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"source": " "}, "Enter what the numbers come from"),
        ({"lines": [Line("Prevent", 1, 2), Line("prevent", 1, 2)]}, "Enter each theme once"),
        ({"lines": [Line("Prevent", 0, 2)]}, "how many courses and people"),
        ({"quarter": quarter_of(timezone.localdate(), 4)}, "Choose one of the last four quarters"),
    ],
)
def test_file_return_refuses(fields: Any, message: str, agency: Agency, lead: User, quarter: Period) -> None:
    with pytest.raises(FilingError, match=message):
        file(**{"agency": agency, "quarter": quarter, "by": lead, **fields})


@pytest.mark.parametrize(
    ("model", "change", "name"),
    [
        (AgencyReturn, {"source": ""}, "agency_return_names_its_source"),
        (AgencyReturn, {"quarter_starts_on": datetime.date(2026, 4, 2)}, "agency_return_quarter_starts_a_month"),
        (AgencyReturnLine, {"theme": ""}, "agency_return_line_has_a_theme"),
        (AgencyReturnLine, {"people": 0}, "agency_return_line_counts"),
    ],
)
def test_postgresql_refuses(
    model: Any, change: dict[str, Any], name: str, agency: Agency, lead: User, quarter: Period
) -> None:
    file(agency, quarter, lead, lines=LINES[:1])

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        model.objects.update(**change)


def test_postgresql_keeps_one_a_quarter_and_one_a_theme(agency: Agency, lead: User, quarter: Period) -> None:
    filed = file(agency, quarter, lead)

    with pytest.raises(IntegrityError, match="agency_return_theme_once"), transaction.atomic():
        filed.lines.update(theme="Prevent")
    with pytest.raises(IntegrityError, match="agency_return_once_a_quarter"), transaction.atomic():
        AgencyReturn.objects.create(
            agency=agency, quarter_starts_on=quarter.starts_on, source="S", filed_by=lead.person,
            filed_at=timezone.now(),
        )  # fmt: skip


def test_pages(agency: Agency, lead: User, quarter: Period, client_of: ClientOf) -> None:
    client, path = client_of(lead), f"/agency/returns/{agency.reference}/{quarter.key}/"
    team = client_of(any_coordinator())
    assert "Not filed" in team.get("/agencies/returns/").content.decode()
    sent = {"theme-1": "Prevent", "courses-1": "2", "people-1": "30", "source": "Our system"}

    for _ in range(2):
        assert client.post(path, sent).status_code == 302

    assert "Prevent: 30 people, 2 courses" in client.get("/agency/returns/").content.decode()
    assert "1 of 1 organisations" in team.get("/agencies/returns/?quarter=nonsense").content.decode()
    for rubbish in ({}, {"theme-1": "Prevent"}, {**sent, "people-1": "-1"}, {**sent, "people-1": "9" * 40},
                    {**sent, "is_none": "on"}):  # fmt: skip
        assert client.post(path, rubbish).context["form"].errors
    assert client_of(make_lead()).post(path, sent).status_code == 404
    assert client.get(f"/agency/returns/{agency.reference}/2099-Q1/").status_code == 404
    assert client.get("/agencies/returns/").status_code == 403
