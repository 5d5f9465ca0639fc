"""Every list that goes out comes in again and changes nothing: each alone, and all in one workbook."""

import pytest

from providers.lists import LISTS, every_sheet
from tests.conftest import ClientOf
from tests.factories import make_agency, make_user
from tests.factories_bookings import make_employee
from tests.factories_catalogue import make_trainer, make_venue
from tests.factories_providers import make_contract, make_provider
from tests.imports.reading import DATA, counted, own_files, take
from training.catalogue.models import Venue
from training.people.models import Role, RoleGrant, User
from training.web.downloads import csv_bytes, xlsx_bytes


@pytest.fixture
def held(by: User) -> None:
    own_files(by)
    make_trainer("Dana Whitlock")
    take(DATA / "events-2019-20.csv", by)
    make_agency("Bankside Council")
    take(DATA / "trainers.csv", by)
    lent = make_employee("Lena Lent", agency=make_agency("St Mary’s School"))
    RoleGrant.objects.create(
        person=lent, role=Role.TRAINER, period=lent.employments.get().period, granted_at=lent.created_at, reason="x"
    )
    make_contract(make_provider("Odd pence"), reference="ODD-1", value_pence=100_050)
    Venue.objects.filter(pk=make_venue("Two lines").pk).update(access="Step-free.\nHearing loop.")


@pytest.mark.parametrize("name", [one.name for one in LISTS])
def test_a_list_comes_in_again_unchanged(name: str, held: None, by: User) -> None:
    one = next(one for one in LISTS if one.name == name)

    for content in (csv_bytes(one.sheet()), xlsx_bytes([one.sheet()])):
        assert counted(take(content, by)) == [{"unchanged": one.count()}]


def test_the_workbook_of_all_comes_in_again_unchanged(held: None, by: User) -> None:
    assert counted(take(xlsx_bytes(every_sheet()), by)) == [{"unchanged": one.count()} for one in LISTS]


def test_who_takes_lists_out(client_of: ClientOf, coordinator: User, settings: object) -> None:
    settings.SECOND_FACTOR_ROLES = []  # type: ignore[attr-defined]
    paths = [f"/desk/import/lists/{one.name}.{kind}" for one in LISTS for kind in ("csv", "xlsx")]
    for path in [*paths, "/desk/import/lists/catalogue.xlsx"]:
        assert client_of(coordinator).get(path).status_code == 200
        assert client_of(make_user()).get(path).status_code == 403
    for path in ("catalogue.csv", "people.csv", "venues.pdf"):
        assert client_of(coordinator).get(f"/desk/import/lists/{path}").status_code == 404
    assert "All of them in one workbook" in client_of(coordinator).get("/desk/import/").content.decode()
