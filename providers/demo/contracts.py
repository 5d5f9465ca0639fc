"""Providers and their trainers; the contracts of 2020 from the file, and those that run now."""

import datetime

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from providers.actions.contracts import ContractText, add_contract, options_of
from providers.actions.options import decide_option
from providers.models import Contract, ContractRate, Engagement, Provider
from providers.terms import months_later
from training.config.parts import Demo
from training.people.demo.agencies import References

# What became of each contract's options of 2020: t taken, r refused.
OUTCOMES = {"BSP-2020-1": "tt", "BSP-2020-2": "tr", "BSP-2020-3": "tt", "BSP-2020-4": "r"}
WHY = {
    "t": "Courses are well rated and were delivered; the Executive agreed to go on.",
    "r": "Too many dates were cancelled by the provider; the Executive chose to buy again.",
}
# Lot, provider, options, value, and how many months ago each contract of the second round began.
RUNNING = (
    (1, "Beacon Safeguarding Training CIC", "12+12", 118_000, 24),
    (2, "Harbour Practice Associates", "12+12", 79_500, 20),
    (2, "Voices in Practice CIC", "24", 61_000, 20),
    (3, "Rowan Practice Development", "12+12", 34_200, 8),
)
ENGAGED_SINCE = datetime.date(2019, 4, 1)


def contract_everybody(demo: Demo) -> None:
    """Kept as `providers.by_name`."""
    references = References(demo, "providers")
    rows = demo.rows("providers.csv")
    providers = {
        row["name"]: Provider(reference=references.draw(), name=row["name"], contact_email=row["contact_email"])
        for row in rows
    }
    demo.insert("Providers", list(providers.values()))
    demo.keep("providers.by_name", providers)
    demo.insert("Who works for a provider", _engagements(demo, providers))
    with demo.step("Contracts") as advance:
        for row in demo.rows("contracts.csv"):
            _of_2020(demo, providers[row["provider"]], row)
            advance(4)
        for number, running in enumerate(RUNNING, start=1):
            _running(demo, providers[running[1]], number, running)
            advance(4)
    _agree_rates(demo)


def _engagements(demo: Demo, providers: dict[str, Provider]) -> list[Engagement]:
    period = DateRange(ENGAGED_SINCE, None)
    works_for = {row["name"]: row["works_for"] for row in demo.rows("trainers.csv")}
    trainers = [
        Engagement(person=demo.person(name), provider=providers[place], period=period)
        for name, place in works_for.items()
        if place in providers
    ]
    managers = [
        Engagement(
            person=demo.person(row["account"]), provider=providers[row["works_for"]], period=period, is_manager=True
        )
        for row in demo.rows("accounts.csv")
        if row["role"] == "provider_manager"
    ]
    return trainers + managers


def _of_2020(demo: Demo, provider: Provider, row: dict[str, str]) -> None:
    text = ContractText(
        row["reference"],
        datetime.date.fromisoformat(row["start"]),
        int(row["initial_months"]),
        options_of(row["extension_months"]) or (),
        title=f"Multi-agency training, lot {row['lot']}",
        lot_number=int(row["lot"]),
        value_pence=int(row["value_gbp"]) * 100,
    )
    by = demo.person("coordinator").user
    contract = add_contract(provider=provider, text=text, by=by)
    for option, outcome in zip(contract.options.all(), OUTCOMES[row["reference"]], strict=False):
        if option.decide_by and option.decide_by <= demo.today:
            at = timezone.make_aware(datetime.datetime.combine(option.decide_by, datetime.time(12)))
            decide_option(option=option, is_taken=outcome == "t", reason=WHY[outcome], by=by, now=at)


def _running(demo: Demo, provider: Provider, number: int, row: tuple[int, str, str, int, int]) -> None:
    lot, _, options, value, months_ago = row
    starts = months_later(demo.today.replace(day=1), -months_ago)
    text = ContractText(
        f"BSP-{starts.year}-2{number}",
        starts,
        36,
        options_of(options) or (),
        title=f"Multi-agency training, lot {lot}, second round",
        lot_number=lot,
        value_pence=value * 100,
    )
    add_contract(provider=provider, text=text, by=demo.person("coordinator").user)


# Half a day and a day, in a room and live online; with this provider nothing is agreed for live online.
RATES = {"face_to_face": (450_00, 820_00), "hybrid": (520_00, 900_00), "virtual": (390_00, 700_00)}
ROOMS_ONLY = "Rowan Practice Development"


def _agree_rates(demo: Demo) -> None:
    rows = Contract.objects.select_related("provider").order_by("pk")
    rates = [
        ContractRate(contract=one, mode=mode, half_day_pence=half, day_pence=day)
        for one in rows
        for mode, (half, day) in RATES.items()
        if not (mode == "virtual" and one.provider.name == ROOMS_ONLY)
    ]
    demo.insert("Rates of contracts", rates)
