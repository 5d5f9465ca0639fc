"""Providers, their contracts and their trainers, out of lists."""

import datetime

from django.utils import timezone

from providers.actions.contracts import REFERENCE, ContractText, add_contract, correct_contract, options_of
from providers.actions.providers import engage, save_provider
from providers.errors import ProvidersError
from providers.models import Contract, Engagement, Provider
from providers.terms import option_words, time_of
from training.people.actions.employments import claim_employment
from training.people.actions.persons import record_person
from training.people.actions.roles import grant_role
from training.people.errors import PeopleError
from training.people.models import Agency, Person, Role, RoleGrant
from training.people.permissions import Permission
from training.web.cells import Reader
from training.web.importing import (
    Change,
    Kind,
    Plan,
    PlannedLine,
    Seen,
    Sitting,
    Verdict,
    changes_between,
    each,
    judged,
    refuse_line,
    require_columns,
)
from training.web.tables import Table
from training.web.words import pounds

PROVIDER_NEEDS = frozenset({"name", "contact_email"})
CONTRACT_NEEDS = frozenset({"reference", "provider", "start", "initial_months"})
CONTRACT_COLUMNS = (
    "reference",
    "lot",
    "provider",
    "start",
    "initial_months",
    "extension_months",
    "value_gbp",
    "title",
)
TRAINER_NEEDS = frozenset({"name", "works_for"})


def plan_providers(table: Table, sitting: Sitting) -> Plan:
    plan = Plan("providers", warnings=require_columns(table, PROVIDER_NEEDS, PROVIDER_NEEDS))
    held, seen = providers_by_name(), Seen()
    for line in each(table.lines, sitting.advance):
        read = Reader(line, table.columns)
        name, address = read.text("name", is_required=True), read.email("contact_email")
        known = held.get(name.casefold())
        if name and (first := seen.before(name.casefold(), line.number)):
            read.wrong("name", f"each provider once: it is in row {first} too")
        before = {"Contact": known.contact_email} if known else {}
        changes = changes_between(before, {"Contact": address}) if known and address else []
        planned = PlannedLine(line.number, name, Verdict.WRONG, changes, read.problems, wanted=(name, address, known))
        plan.lines.append(judged(planned, is_new=known is None))
    return plan


def providers_by_name() -> dict[str, Provider]:
    return {provider.name.casefold(): provider for provider in Provider.objects.all()}


def apply_providers(lines: list[PlannedLine], sitting: Sitting) -> None:
    for line in lines:
        name, address, known = line.wanted
        provider = known or Provider(name=name)
        provider.contact_email = address or provider.contact_email
        try:
            save_provider(provider=provider, revision=provider.revision, by=sitting.by)
        except ProvidersError as error:
            refuse_line(line, "name", str(error))


def plan_contracts(table: Table, sitting: Sitting) -> Plan:
    plan = Plan("contracts", warnings=require_columns(table, CONTRACT_NEEDS, CONTRACT_COLUMNS))
    rows = Contract.objects.select_related("provider").prefetch_related("terms", "options")
    held, providers, seen = {row.reference.casefold(): row for row in rows}, providers_by_name(), Seen()
    for line in each(table.lines, sitting.advance):
        read = Reader(line, table.columns)
        reference = read.text("reference", 40, is_required=True)
        if reference and not REFERENCE.fullmatch(reference):
            read.wrong("reference", "letters, digits and dashes, like BSP-2026-1")
        elif reference and (first := seen.before(reference.casefold(), line.number)):
            read.wrong("reference", f"each contract once: it is in row {first} too")
        provider = read.one_of("provider", providers, "a provider that Muster knows")
        text, known = _contract_text(read, reference), held.get(reference.casefold())
        changes = _contract_changes(read, known, text, provider) if known else []
        planned = PlannedLine(line.number, reference, Verdict.WRONG, changes, read.problems)
        planned.wanted = (text, provider, known)
        plan.lines.append(judged(planned, is_new=known is None))
    return plan


def _contract_text(read: Reader, reference: str) -> ContractText | None:
    """None when a cell that it cannot do without is wrong."""
    start = read.day("start", is_required=True)
    months = read.number("initial_months", 1, 120, is_required=True)
    options = options_of(read.text("extension_months", 60))
    if options is None:
        read.wrong("extension_months", "the months of each option, such as 12+12, or nothing")
    lot, value = read.number("lot", 1, 99), read.number("value_gbp", 0, 1_000_000_000)
    title = read.text("title")
    if start is None or months is None or options is None:
        return None
    return ContractText(reference, start, months, options, title, lot, None if value is None else value * 100)


def _contract_changes(
    read: Reader, known: Contract, text: ContractText | None, provider: Provider | None
) -> list[Change]:
    if text is None or provider is None:
        return []
    if provider.pk != known.provider_id:
        read.wrong("provider", f"{known.provider}, whose contract it is")
    if time_of(known).starts_on != text.starts_on:
        read.wrong("start", f"{time_of(known).starts_on:%d/%m/%Y}, as Muster has it")
    agreed = " + ".join(str(part) for part in (text.initial_months, *text.option_months)) + " months"
    if option_words(known) != agreed:
        read.wrong("initial_months", f"{option_words(known)} with its options, as Muster has it")
    after = {"Title": text.title, "Lot": str(text.lot_number or ""), "Value": _pounds(text.value_pence)}
    before = {"Title": known.title, "Lot": str(known.lot_number or ""), "Value": _pounds(known.value_pence)}
    return [change for change in changes_between(before, after) if change.becomes]


def _pounds(pence: int | None) -> str:
    return "" if pence is None else pounds(pence)


def apply_contracts(lines: list[PlannedLine], sitting: Sitting) -> None:
    for line in lines:
        text, provider, known = line.wanted
        try:
            if known is None:
                add_contract(provider=provider, text=text, by=sitting.by)
            else:
                value = known.value_pence if text.value_pence is None else text.value_pence
                correct_contract(
                    contract=known,
                    title=text.title or known.title,
                    lot_number=text.lot_number or known.lot_number,
                    value_pence=value,
                    by=sitting.by,
                )
        except ProvidersError as error:
            refuse_line(line, "reference", str(error))


def plan_trainers(table: Table, sitting: Sitting) -> Plan:
    """A trainer works for a provider, or is lent by an organisation: `works_for` names either."""
    plan = Plan("trainers", warnings=require_columns(table, TRAINER_NEEDS, {*TRAINER_NEEDS, "email"}))
    agencies = {agency.name.casefold(): agency for agency in Agency.objects.settled()}
    places: dict[str, Provider | Agency] = {**agencies, **providers_by_name()}
    today, seen = timezone.localdate(sitting.now), Seen()
    for line in each(table.lines, sitting.advance):
        read = Reader(line, table.columns)
        name, address = read.text("name", 120, is_required=True), read.email("email")
        place = read.one_of("works_for", places, "a provider or an organisation that Muster knows")
        if name and (first := seen.before((name.casefold(), getattr(place, "name", "")), line.number)):
            read.wrong("name", f"each trainer once: they are in row {first} too")
        known = _known_trainer(read, name, address, place)
        changes = changes_between(*_trainer_words(known, place, today)) if known and place else []
        planned = PlannedLine(line.number, name, Verdict.WRONG, changes, read.problems)
        planned.wanted = (name, address, place, known)
        if not sitting.by.may(Permission.GRANT_ROLES) and not (known and _is_trainer(known, today)):
            planned.warnings.append("An administrator still has to give them the role of trainer.")
        plan.lines.append(judged(planned, is_new=known is None))
    return plan


def _known_trainer(read: Reader, name: str, address: str, place: Provider | Agency | None) -> Person | None:
    """Somebody of this name who trains, or who works at the place; two of them are for a person to tell apart."""
    rows = Person.objects.present().filter(name__iexact=name)
    if address:
        rows = rows.filter(email__iexact=address)
    there = (
        rows.filter(engagements__provider=place)
        if isinstance(place, Provider)
        else rows.filter(employments__agency=place)
    )
    found = list(there.distinct()) or list(rows.filter(role_grants__role=Role.TRAINER).distinct())
    if len(found) > 1:
        read.wrong("name", "one person: several of this name are known. Add the column “email”")
    return found[0] if len(found) == 1 else None


def _is_trainer(person: Person, day: datetime.date) -> bool:
    return RoleGrant.objects.filter(person=person, role=Role.TRAINER).on(day).exists()


def _trainer_words(
    known: Person, place: Provider | Agency, today: datetime.date
) -> tuple[dict[str, str], dict[str, str]]:
    if isinstance(place, Provider):
        works = Engagement.objects.on(today).filter(person=known, provider=place).exists()
    else:
        works = known.employments.not_refused().on(today).filter(agency=place).exists()
    return {"Works for": place.name if works else ""}, {"Works for": place.name}


def apply_trainers(lines: list[PlannedLine], sitting: Sitting) -> None:
    today = timezone.localdate(sitting.now)
    for line in lines:
        name, address, place, known = line.wanted
        try:
            person = known or record_person(name=name, email=address, now=sitting.now)
            if isinstance(place, Provider):
                engage(person=person, provider=place, by=sitting.by, from_day=today)
            else:
                claim_employment(person=person, agency=place, by=sitting.by, now=sitting.now, from_day=today)
            if sitting.by.may(Permission.GRANT_ROLES) and not _is_trainer(person, today):
                reason = "In the list of trainers"
                grant_role(
                    person=person, role=Role.TRAINER, reason=reason, by=sitting.by, now=sitting.now, from_day=today
                )
        except (ProvidersError, PeopleError) as error:
            refuse_line(line, "name", str(error))


PROVIDERS = Kind("providers", PROVIDER_NEEDS, plan_providers, apply_providers)
CONTRACTS = Kind("contracts", CONTRACT_NEEDS, plan_contracts, apply_contracts)
TRAINERS = Kind("trainers", TRAINER_NEEDS, plan_trainers, apply_trainers)
