"""Whether an empty place is charged for, whatever happened: arithmetic, without a database."""

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings.charges.reckoning import Missed, reckon, refilled
from bookings.models import BookingPolicyVersion, Ground
from bookings.rules.tariffs import Payer, late_share

STARTS = datetime.datetime(2027, 6, 17, 8, 30, tzinfo=datetime.UTC)
HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
RULES = BookingPolicyVersion(
    notice_kind="weeks", notice_amount=4, late_percent=50, all_within_amount=2, exempt_roles=["trainer"],
    tariffs=[{"who": "kind:partner", "fee_pence": 0, "charge_pence": 0},
             {"who": "everybody", "fee_pence": 0, "charge_pence": 8000}],
)  # fmt: skip


def missed(number: int = 1, *, late: datetime.timedelta | None = None, **fields: Any) -> Missed:
    """Cancelled `late` before the start, or absent."""
    ground = Ground.DID_NOT_COME if late is None else Ground.CANCELLED_LATE
    at = STARTS if late is None else STARTS - late
    given = {"version": RULES, "payer": Payer(sector="police"), **fields}
    return Missed(number, ground, at, STARTS, **given)


@pytest.mark.parametrize(
    ("one", "is_refilled", "pence", "why"),
    [
        (missed(), False, 8000, ""),
        (missed(late=HOUR), False, 8000, ""),
        (missed(late=20 * DAY), False, 4000, ""),
        (missed(late=30 * DAY), False, 0, ""),
        (missed(late=HOUR), True, 0, "refilled"),
        (missed(is_late_promotion=True), False, 0, "promoted_late"),
        (missed(late=HOUR, is_called_off=True), False, 0, "called_off"),
        (missed(payer=None), False, 0, "no_organisation"),
        (missed(payer=Payer(is_exempt=True)), False, 0, "exempt_agency"),
        (missed(payer=Payer(roles=frozenset({"trainer"}))), False, 0, "exempt_role"),
        # Where the rules name no sum there is nothing to be exempt from.
        (missed(payer=Payer(kind="partner", is_exempt=True)), False, 0, ""),
        (missed(payer=Payer(kind="partner")), False, 0, ""),
    ],
)
def test_reckon(one: Missed, is_refilled: bool, pence: int, why: str) -> None:
    found = reckon(one, is_refilled=is_refilled)

    assert (found.pence, found.why_not) == (pence, why)


@pytest.mark.parametrize(
    ("places", "live", "arrivals", "taken"),
    [
        # One of ten leaves two hours before, and somebody else comes an hour before.
        (10, 10, [STARTS - HOUR], {1}),
        # There was room anyway.
        (10, 6, [STARTS - HOUR], set()),
        # Whoever came before the place was free took another one.
        (10, 10, [STARTS - 9 * HOUR], set()),
        (None, 10, [STARTS - HOUR], set()),
    ],
)
def test_refilled(places: int | None, live: int, arrivals: list[datetime.datetime], taken: set[int]) -> None:
    assert refilled([missed(1, late=5 * HOUR)], arrivals, places=places, live=live) == taken


def test_one_arrival_takes_one_place_the_earliest() -> None:
    rows = [missed(1, late=3 * HOUR), missed(2, late=5 * HOUR), missed(3)]

    assert refilled(rows, [STARTS - 2.5 * HOUR], places=10, live=10) == {2}
    # At the door somebody takes the seat of whoever does not come.
    assert refilled([missed(3)], [STARTS - HOUR], places=10, live=11) == {3}
    assert refilled([missed(3)], [STARTS - HOUR], places=10, live=10) == set()


histories = st.lists(
    st.builds(
        lambda number, late, **fields: (number, late, fields),
        number=st.integers(1, 50),
        late=st.none() | st.integers(1, 24 * 40).map(lambda hours: hours * HOUR),
        is_late_promotion=st.booleans(),
        is_called_off=st.booleans(),
        payer=st.none() | st.builds(
            Payer, kind=st.sampled_from(["", "partner", "small"]), is_exempt=st.booleans(),
            roles=st.sampled_from([frozenset(), frozenset({"trainer"})]),
        ),
    ),
    max_size=12,
    unique_by=lambda row: row[0],
)  # fmt: skip
arrivals = st.lists(st.integers(-1, 24 * 40).map(lambda hours: STARTS - hours * HOUR), max_size=12)


@given(histories, arrivals, st.integers(0, 12), st.integers(0, 24))
def test_any_history_is_charged_as_the_rules_say(
    rows: list[tuple[int, datetime.timedelta | None, dict[str, Any]]],
    came: list[datetime.datetime],
    places: int,
    live: int,
) -> None:
    """At most one charge a booking; none when refilled, called off, promoted late or exempt; else the tariff's sum."""
    every = [missed(number, late=late, **fields) for number, late, fields in rows]

    taken = refilled(every, came, places=places, live=live)

    late = sum(one.ground == Ground.CANCELLED_LATE for one in every)
    assert len(taken) <= min(len(came), len(every), max(0, live + late - places))
    for one in every:
        found = reckon(one, is_refilled=one.booking_id in taken)
        share = 100 if one.ground == Ground.DID_NOT_COME else late_share(RULES, STARTS, one.at)
        is_free = (
            one.payer is None or one.payer.is_exempt or one.payer.roles or one.payer.kind == "partner"
            or one.booking_id in taken or one.is_called_off or one.is_late_promotion
        )  # fmt: skip
        assert found.pence == (0 if is_free else 8000 * share // 100)
        assert not (found.pence and found.why_not)
