"""What coming and not coming cost: the rules of several partnerships as they publish them, worked out by hand."""

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings.models import BookingPolicyVersion
from bookings.rules.policy import length_of
from bookings.rules.tariffs import Payer, charge_pence, fee_pence, late_charge_pence, late_share, why_exempt
from training.web.when import LONDON

KINDS = BookingPolicyVersion.NoticeKind


def london(text: str) -> datetime.datetime:
    return datetime.datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=LONDON)


def tariff(who: str, fee: int, charge: int) -> dict[str, Any]:
    return {"who": who, "fee_pence": fee * 100, "charge_pence": charge * 100}


def rules(**fields: Any) -> BookingPolicyVersion:
    return BookingPolicyVersion(**{"tariffs": [tariff("everybody", 0, 50)], **fields})


# The health board, the council and the police £0 / £70; academies £70; independents £100; turnover under £100k £35.
TWO_TARIFFS = rules(
    tariffs=[
        tariff("sector:health", 0, 70),
        tariff("sector:council", 0, 70),
        tariff("sector:police", 0, 70),
        tariff("kind:academy", 70, 70),
        tariff("kind:independent", 100, 100),
        tariff("kind:small", 35, 35),
        tariff("everybody", 70, 70),
    ]
)


@pytest.mark.parametrize(
    ("kind", "sector", "fee", "charge"),
    [
        ("", "police", 0, 7000),
        ("", "council", 0, 7000),
        ("academy", "education", 7000, 7000),
        ("independent", "education", 10000, 10000),
        ("small", "voluntary", 3500, 3500),
        # What it pays as goes before its sector; whoever is neither pays as everybody else.
        ("independent", "health", 10000, 10000),
        ("", "faith", 7000, 7000),
        ("charity", "voluntary", 7000, 7000),
    ],
)
def test_two_tariffs_by_kind_of_organisation(kind: str, sector: str, fee: int, charge: int) -> None:
    payer = Payer(kind=kind, sector=sector)

    assert (fee_pence(TWO_TARIFFS, payer), charge_pence(TWO_TARIFFS, payer)) == (fee, charge)


def test_rules_without_a_tariff_cost_nothing() -> None:
    assert charge_pence(BookingPolicyVersion(), Payer(sector="police")) == 0


# Greenwich: £80 a day, £40 half a day are two sets of rules. Salford and Teeswide £50 a day. Staffordshire: under four
# weeks half the cost, under two weeks all of it.
GREENWICH_DAY = rules(notice_kind=KINDS.CALENDAR_DAYS, notice_amount=2, tariffs=[tariff("everybody", 0, 80)])
GREENWICH_HALF = rules(notice_kind=KINDS.CALENDAR_DAYS, notice_amount=2, tariffs=[tariff("everybody", 0, 40)])
SALFORD = rules(notice_kind=KINDS.WORKING_DAYS, notice_amount=10, is_charge_per_day=True)
TEESWIDE = rules(notice_kind=KINDS.CALENDAR_DAYS, notice_amount=7, is_charge_per_day=True)
STAFFORDSHIRE = rules(
    notice_kind=KINDS.WEEKS, notice_amount=4, late_percent=50, all_within_amount=2, tariffs=[tariff("everybody", 0, 81)]
)


@pytest.mark.parametrize(
    ("version", "left", "days", "pence"),
    [
        # All begin on Thursday 17 June 2027 at 9:30.
        (GREENWICH_DAY, "2027-06-15 17:00", 1, 0),
        (GREENWICH_DAY, "2027-06-15 17:01", 1, 8000),
        (GREENWICH_HALF, "2027-06-16 09:00", 1, 4000),
        (SALFORD, "2027-06-03 17:00", 2, 0),
        (SALFORD, "2027-06-03 17:01", 1, 5000),
        (SALFORD, "2027-06-03 17:01", 2, 10000),
        (TEESWIDE, "2027-06-10 17:00", 1, 0),
        (TEESWIDE, "2027-06-11 08:00", 3, 15000),
        (STAFFORDSHIRE, "2027-05-20 17:00", 1, 0),
        (STAFFORDSHIRE, "2027-05-20 17:01", 1, 4050),
        (STAFFORDSHIRE, "2027-06-03 17:00", 1, 4050),
        (STAFFORDSHIRE, "2027-06-03 17:01", 1, 8100),
    ],
)
def test_cancelling_late(version: BookingPolicyVersion, left: str, days: int, pence: int) -> None:
    given = {"starts_at": london("2027-06-17 09:30"), "left_at": london(left), "days": days}

    assert late_charge_pence(version, Payer(sector="police"), **given) == pence


@pytest.mark.parametrize(
    ("starts", "left", "share"),
    [
        # Two weeks and four over Easter 2027 and the change of the clocks on 28 March: five o'clock stays five o'clock.
        ("2027-04-06 09:30", "2027-03-09 17:00", 0),
        ("2027-04-06 09:30", "2027-03-09 17:01", 50),
        ("2027-04-06 09:30", "2027-03-23 17:00", 50),
        ("2027-04-06 09:30", "2027-03-23 17:01", 100),
        # Over Christmas and New Year.
        ("2028-01-05 09:30", "2027-12-08 17:00", 0),
        ("2028-01-05 09:30", "2027-12-22 17:01", 100),
    ],
)
def test_two_steps_of_notice(starts: str, left: str, share: int) -> None:
    assert late_share(STAFFORDSHIRE, london(starts), london(left)) == share


def test_exempt_by_organisation_person_role_and_course() -> None:
    version = rules(exempt_person_kinds=["volunteer"], exempt_roles=["trainer"], exempt_courses=["BSP001"])

    payers = {
        "exempt_agency": Payer(is_exempt=True),
        "exempt_person": Payer(person_kind="volunteer"),
        "exempt_role": Payer(roles=frozenset({"trainer", "duty"})),
        "exempt_course": Payer(course="BSP001"),
        "": Payer(person_kind="employee", roles=frozenset({"duty"}), course="BSP002"),
    }

    assert {why_exempt(version, payer): charge_pence(version, payer) for payer in payers.values()} == {
        "exempt_agency": 0, "exempt_person": 0, "exempt_role": 0, "exempt_course": 0, "": 5000,
    }  # fmt: skip
    assert {code: why_exempt(version, payer) for code, payer in payers.items()} == {code: code for code in payers}


@pytest.mark.parametrize(
    ("starts", "ends", "length"),
    [
        ("2027-06-17 09:30", "2027-06-17 13:30", "half_day"),
        ("2027-06-17 09:30", "2027-06-17 13:31", "day"),
        ("2027-06-17 09:30", "2027-06-18 12:00", "days"),
        # The night of the clocks is one of five hours on the clock and of four in truth.
        ("2027-03-28 00:30", "2027-03-28 05:30", "half_day"),
    ],
)
def test_how_long_a_date_is(starts: str, ends: str, length: str) -> None:
    # As the database hands them over.
    utc = [london(text).astimezone(datetime.UTC) for text in (starts, ends)]

    assert length_of(*utc) == length


def test_in_ones_own_time_has_no_length() -> None:
    assert length_of(None, None) == ""


@given(
    st.integers(0, 100),
    st.integers(0, 500_00),
    st.datetimes(datetime.datetime(2027, 1, 1), datetime.datetime(2027, 6, 17)),  # noqa: DTZ001
    st.integers(1, 3),
)
def test_late_is_never_more_than_not_coming(percent: int, pence: int, left: datetime.datetime, days: int) -> None:
    version = rules(
        late_percent=percent, is_charge_per_day=True,
        tariffs=[{"who": "everybody", "fee_pence": 0, "charge_pence": pence}],
    )  # fmt: skip
    given = {"starts_at": london("2027-06-17 09:30"), "left_at": left.replace(tzinfo=LONDON), "days": days}

    assert 0 <= late_charge_pence(version, Payer(), **given) <= charge_pence(version, Payer(), days=days)
