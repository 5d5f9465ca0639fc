"""A version of the booking rules as sentences, under what each is about: for its page, and to lay two side by side."""

from dataclasses import dataclass

from django.db.models import TextChoices

from bookings.models import BookingPolicy, BookingPolicyVersion, Length
from bookings.rules.tariffs import EVERYBODY, Tariff, tariffs_of
from training.catalogue.models import DeliveryMode
from training.people.models import Employment
from training.people.permissions import Role
from training.web.words import count, pounds

WORKING_HOURS = "Working hours are from 9:00 to 17:00 on working days in England."


@dataclass(frozen=True)
class Sentence:
    about: str
    text: str


@dataclass(frozen=True)
class Compared:
    """What two versions say about one thing."""

    about: str
    first: str
    second: str

    @property
    def differs(self) -> bool:
        return self.first != self.second


def sentences(version: BookingPolicyVersion) -> list[Sentence]:
    """Every rule of it, in the order in which somebody booking meets them."""
    return [
        Sentence("Manager", f"{version.get_approval_display()}."),
        Sentence("Booking closes", _closes(version)),
        Sentence("Cancelling", _notice(version)),
        Sentence("Coming", _tariff_words(version, "fee_pence", "Nobody pays for coming.")),
        Sentence("Not coming", _charges(version)),
        Sentence("Never charged", _exempt(version)),
        Sentence("Asked why", f"Whoever did not come, or cancelled late, and their manager are asked why. They have "
                 f"{count(version.explain_working_days, 'working day')}; a coordinator decides after that."),
        Sentence("VAT", f"Fees for coming are {version.get_fee_vat_display()}, charges for not coming "
                 f"{version.get_charge_vat_display()}."),
        Sentence("Arriving late", _grace(version.late_grace_minutes, "Arriving", "late")),
        Sentence("Leaving early", _grace(version.early_grace_minutes, "Leaving", "early")),
        Sentence("Turned away", "Whoever is turned away for being late "
                 + ("counts as not there." if version.turned_away_is_absent else "is not charged for it.")),
        Sentence("Places kept", "Places kept for an organisation or a sector are released "
                 f"{count(version.release_working_days_before, 'working day')} before the date, unless another day is "
                 "agreed."),
        Sentence("Offered places", _offers(version)),
        Sentence("Messages", _messages(version)),
        Sentence("Adjustments", "What somebody needs so that they can take part is deleted "
                 f"{count(version.adjustments_kept_days, 'day')} after the date."),
    ]  # fmt: skip


def compare(first: BookingPolicyVersion, second: BookingPolicyVersion) -> list[Compared]:
    return [
        Compared(one.about, one.text, other.text)
        for one, other in zip(sentences(first), sentences(second), strict=True)
    ]


def scope_words(policy: BookingPolicy) -> str:
    """Which dates they are for: "BSP004, live online, up to four hours". The course comes with the policy."""
    parts = [policy.course.code] if policy.course else []
    parts += [DeliveryMode(policy.mode).label] if policy.mode else []
    parts += [Length(policy.length).label] if policy.length else []
    return (
        ", ".join([parts[0], *(part.lower() for part in parts[1:])])
        if parts
        else "All dates without rules of their own"
    )


def period_words(version: BookingPolicyVersion, amount: int) -> str:
    """ "5 working days", "1 week"."""
    one = {"calendar_days": "day", "working_days": "working day", "weeks": "week"}[version.notice_kind]
    return count(amount, one)


def _clock(version: BookingPolicyVersion) -> str:
    return f"{version.notice_ends_at.hour}:{version.notice_ends_at.minute:02}"


def _closes(version: BookingPolicyVersion) -> str:
    if not version.closes_working_days_before:
        return "Booking is open until the date begins."
    days = count(version.closes_working_days_before, "working day")
    return f"Booking closes {days} before the date, at {_clock(version)}. A coordinator can still book somebody."


def _notice(version: BookingPolicyVersion) -> str:
    if not version.notice_amount:
        return f"Cancelling is free until {_clock(version)} on the day, and never after the start."
    return (
        f"Cancelling is free until {period_words(version, version.notice_amount)} before the date, at "
        f"{_clock(version)}. Sending a colleague is always free."
    )


def _tariff_words(version: BookingPolicyVersion, field: str, nothing: str, each: str = "") -> str:
    """ "£0 for the police sector; £70 for academies; £70 for everybody else"."""
    tariffs = tariffs_of(version)
    if not any(getattr(tariff, field) for tariff in tariffs):
        return nothing
    words = [f"{tariff.words}: {pounds(getattr(tariff, field))}" for tariff in tariffs]
    if not any(tariff.who == EVERYBODY for tariff in tariffs):
        words.append(f"{Tariff(EVERYBODY).words}: {pounds(0)}")
    return "; ".join(words) + f"{each}."


def _charges(version: BookingPolicyVersion) -> str:
    each = " for each day of the date" if version.is_charge_per_day else ""
    words = _tariff_words(version, "charge_pence", "", each)
    if not words:
        return "Nobody is charged for not coming."
    late = "Cancelling late costs as much"
    if version.late_percent != 100:
        late = f"Cancelling late costs {version.late_percent} % of it"
        if version.all_within_amount is not None:
            late += f", and all of it from {period_words(version, version.all_within_amount)} before"
    return f"{words} {late}. Nothing where the place was taken by somebody else, or where we cancel."


def _exempt(version: BookingPolicyVersion) -> str:
    parts = [
        *_labels(version.exempt_person_kinds, Employment.Kind),
        *_labels(version.exempt_roles, Role),
        *(f"whoever is booked on {code}" for code in version.exempt_courses),
    ]
    always = "organisations marked “never charged”, and whoever was given a place inside the notice period"
    return f"{'; '.join([*parts, always])}.".capitalize() if not parts else f"{'; '.join([*parts, always])}."


def _labels(values: list[str], choices: type[TextChoices]) -> list[str]:
    return [str(choices(value).label) for value in values]


def _grace(minutes: int, doing: str, how: str) -> str:
    if not minutes:
        return f"{doing} {how} at all counts as not there."
    return f"{doing} {how} by more than {count(minutes, 'minute')} counts as not there."


def _offers(version: BookingPolicyVersion) -> str:
    return (
        "A place that comes free after cancelling has stopped being free is offered, and waits "
        f"{count(version.offer_working_hours, 'working hour')}; in the last "
        f"{count(version.late_offer_within_days, 'day')} {count(version.late_offer_working_hours, 'hour')}. "
        f"{WORKING_HOURS}"
    )


def _messages(version: BookingPolicyVersion) -> str:
    asks, joining = (
        count(days, "working day") for days in (version.asks_working_days_before, version.joining_working_days_before)
    )
    return (
        f"“Are you still coming?” goes out {asks} before cancelling stops being free, joining instructions {joining} "
        f"before the date, the link of a live online date {count(version.joining_link_hours, 'hour')} before."
    )
