"""What PostgreSQL refuses of suspensions, whoever goes round."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from bookings.models import DisruptedDate, Notice, Suspension, SuspensionPlace
from providers.models import ContractRate
from tests.bookings.suspending import busy_date, suspend
from tests.factories_catalogue import make_venue
from tests.factories_providers import make_contract

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"mode": "e_learning"}, "suspension_is_of_a_mode_with_dates"),
        ({"last_on": datetime.date(2019, 1, 1)}, "suspension_ends_after_it_starts"),
        ({"reason": ""}, "suspension_says_why"),
        ({"lifted_from": datetime.date(2030, 1, 1)}, "suspension_lifted_who_when_and_from"),
    ],
)
def test_postgresql_refuses_a_suspension(fields: dict[str, object], constraint: str) -> None:
    suspension = suspend()

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Suspension.objects.filter(pk=suspension.pk).update(**fields)


def test_postgresql_refuses_overlaps_and_halves() -> None:
    event, hall = busy_date(), make_venue()
    suspension = suspend()
    place, row, notice = suspension.places.get(), suspension.dates.get(), Notice.objects.exclude(booking=None).first()
    assert notice is not None

    for constraint, act in (
        (
            "suspension_once_a_mode_day_and_place",
            lambda: SuspensionPlace.objects.create(
                suspension=suspension, mode="face_to_face", venue=hall, period=place.period
            ),
        ),
        (
            "suspension_at_a_venue_is_of_rooms",
            lambda: SuspensionPlace.objects.create(
                suspension=suspension, mode="virtual", venue=hall, period=place.period
            ),
        ),
        (
            "disrupted_date_suspended_once_at_a_time",
            lambda: DisruptedDate.objects.create(
                suspension=suspension, event=event, status="suspended", reason="x", learners=0, at=row.at, by=row.by
            ),
        ),
        ("disrupted_date_ended_when", lambda: DisruptedDate.objects.filter(pk=row.pk).update(status="resumed")),
        (
            "disrupted_date_status_is_known",
            lambda: DisruptedDate.objects.filter(pk=row.pk).update(status="x", ended_at=row.at),
        ),
        ("notice_is_for_one", lambda: Notice.objects.filter(pk=notice.pk).update(person=row.by)),
        ("notice_told_with_an_outcome", lambda: Notice.objects.filter(pk=notice.pk).update(outcome="written")),
        (
            "notice_once_a_change_and_booking",
            lambda: Notice.objects.create(what="suspended", disrupted=row, booking=notice.booking, made_at=row.at),
        ),
    ):
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            act()


def test_postgresql_refuses_a_day_cheaper_than_half_of_it_and_two_rates_of_a_mode() -> None:
    contract = make_contract()
    given = {"contract": contract, "mode": "virtual", "half_day_pence": 2}
    ContractRate.objects.create(**given, day_pence=2)

    with pytest.raises(IntegrityError, match="contract_rate_day_is_dearer"), transaction.atomic():
        ContractRate.objects.create(**{**given, "mode": "hybrid"}, day_pence=1)
    with pytest.raises(IntegrityError, match="contract_rate_once_a_mode"), transaction.atomic():
        ContractRate.objects.create(**given, day_pence=3)
