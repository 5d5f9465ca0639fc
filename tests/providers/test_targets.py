"""What is expected of providers: set from a day on, by whom, and what it is held against."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from providers.actions.targets import TargetText, set_target
from providers.errors import ProvidersError
from providers.models import KpiTarget
from providers.targets import is_missed, target_words, targets_on
from tests.conftest import ClientOf
from tests.factories import make_partnership, make_user
from tests.factories_programme import executive, pdl_member
from training.governance.models import Body
from training.people.models import Role, User
from training.web.periods import quarter_of

DAY = datetime.timedelta(days=1)


@pytest.mark.parametrize(
    ("measure", "value", "expected"),
    [
        ("delivered", 0.95, False),
        ("delivered", 0.9499, True),
        ("provider_cancelled", 0.05, False),
        ("provider_cancelled", 0.0501, True),
        ("relevance", 4.2, False),
        ("relevance", 4.1999, True),
        ("delivered", None, False),
        ("attendance", 0.1, False),
    ],
)
def test_is_missed(measure: str, value: float | None, expected: bool) -> None:
    targets = {"delivered": Decimal("0.9500"), "provider_cancelled": Decimal("0.05"), "relevance": Decimal("4.2")}

    assert is_missed(targets, measure, value) is expected


@pytest.mark.parametrize(
    ("measure", "value", "expected"),
    [
        ("delivered", "0.9500", "at least 95 %"),
        ("delivered", "1.0000", "at least 100 %"),
        ("provider_cancelled", "0.0250", "at most 2.5 %"),
        ("complaints_upheld", "0.0000", "at most 0 %"),
        ("relevance", "4.2000", "at least 4.2 out of 5"),
    ],
)
def test_target_words(measure: str, value: str, expected: str) -> None:
    assert target_words({measure: Decimal(value)}, measure) == expected
    assert target_words({}, measure) == ""


@pytest.fixture
def quarter_start(db: None) -> datetime.date:
    make_partnership()
    return quarter_of(timezone.localdate(), 4).starts_on


def text(in_force_from: datetime.date, value: str | None = "0.9", **fields: Any) -> TargetText:
    number = None if value is None else Decimal(value)
    given = {"measure": "delivered", "value": number, "in_force_from": in_force_from, "reason": "The contracts say so."}
    return TargetText(**{**given, **fields})  # type: ignore[arg-type]


def set_(given: TargetText, by: User | None = None) -> KpiTarget:
    return set_target(text=given, by=by or pdl_member(), now=timezone.now())


def test_set_target_holds_from_its_day_on_and_not_before(quarter_start: datetime.date) -> None:
    set_(text(quarter_start))

    assert targets_on(quarter_start)["delivered"] == Decimal("0.9")
    assert targets_on(quarter_start - DAY)["delivered"] == Decimal("0.95")


def test_set_target_without_a_value_expects_nothing_any_more(quarter_start: datetime.date) -> None:
    set_(text(quarter_start, None))

    assert "delivered" not in targets_on(quarter_start)


def test_set_target_twice_is_one_and_the_same_day_again_replaces(quarter_start: datetime.date) -> None:
    body = Body.objects.create(name="PDL", kind=Body.Kind.PDL)
    first = set_(text(quarter_start, body=body, held_on=timezone.localdate(), minute="4.2"))
    again = set_(text(quarter_start, body=body, held_on=timezone.localdate(), minute="4.2"))
    other = set_(text(quarter_start, "0.8"))

    assert (first.pk, first.pk) == (again.pk, other.pk)
    assert again.decision == first.decision
    assert first.decision is not None
    assert (first.decision.minute, first.decision.subject) == (
        "4.2", "What is expected of providers: Delivered as ordered",
    )  # fmt: skip
    assert KpiTarget.objects.get(pk=first.pk).value == Decimal("0.8")


def test_set_target_refuses_a_quarter_that_is_over(quarter_start: datetime.date) -> None:
    with pytest.raises(ProvidersError, match="or a later day: what was expected before that stands"):
        set_(text(quarter_start - DAY))


def test_set_target_refuses_others(quarter_start: datetime.date) -> None:
    for by in (executive(), make_user(role=Role.TRAINER), make_user()):
        with pytest.raises(ProvidersError, match="Only a coordinator or a member of the PDL subgroup"):
            set_(text(quarter_start), by)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"value": Decimal("1.1")}, "kpi_target_can_be_reached"),
        ({"value": Decimal("-0.1")}, "kpi_target_can_be_reached"),
        ({"measure": "relevance", "value": Decimal("5.1")}, "kpi_target_can_be_reached"),
        ({"measure": "confidence"}, "kpi_target_measure_is_known"),
        ({"reason": ""}, "kpi_target_says_why"),
        ({"in_force_from": datetime.date(2019, 4, 1)}, "kpi_target_once_a_day"),
    ],
)
def test_postgresql_refuses(db: None, fields: dict[str, Any], name: str) -> None:
    given = {"measure": "delivered", "value": Decimal("0.5"), "in_force_from": datetime.date(2026, 1, 1)}

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        KpiTarget.objects.create(**{**given, "reason": "R", "set_at": timezone.now(), **fields})


def sent(day: datetime.date, **fields: str) -> dict[str, str]:
    parts = {f"in_force_from_{part}": str(getattr(day, part)) for part in ("day", "month", "year")}
    return {"number": "90", **parts, "reason": "The contracts say so.", **fields}


def test_page_sets_a_target_typed_in_per_cent(quarter_start: datetime.date, client_of: ClientOf) -> None:
    client = client_of(pdl_member())

    answer = client.post("/providers/targets/delivered/set/", sent(quarter_start), follow=True)

    assert "Delivered as ordered: saved." in answer.content.decode()
    assert "At least 90 %" in answer.content.decode()
    assert targets_on(quarter_start)["delivered"] == Decimal("0.9")


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"number": "101"}, "number"),
        ({"number": "-1"}, "number"),
        ({"number": "NaN"}, "number"),
        ({"number": "9" * 400}, "number"),
        ({"reason": ""}, "reason"),
        ({"in_force_from_year": "1999"}, "in_force_from"),
        ({"in_force_from_month": "13"}, "in_force_from"),
    ],
)
def test_page_refuses_rubbish(
    quarter_start: datetime.date, client_of: ClientOf, fields: dict[str, str], name: str
) -> None:
    answer = client_of(pdl_member()).post("/providers/targets/delivered/set/", sent(quarter_start, **fields))

    assert list(answer.context["form"].errors) == [name]
    assert KpiTarget.objects.filter(set_by__isnull=False).count() == 0


def test_page_is_for_those_who_may(quarter_start: datetime.date, client_of: ClientOf) -> None:
    reader = client_of(executive())

    assert reader.get("/providers/targets/").status_code == 200
    assert reader.get("/providers/targets/delivered/set/").status_code == 403
    assert reader.post("/providers/targets/delivered/set/", sent(quarter_start)).status_code == 403
    assert client_of(make_user()).get("/providers/targets/").status_code == 403
    assert client_of(pdl_member()).get("/providers/targets/confidence/set/").status_code == 404
