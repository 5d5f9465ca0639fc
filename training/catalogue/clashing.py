"""What else runs at the same time in the same room or with the same trainer: for many dates in two queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from training.catalogue.models import Event, Session, Teaching
from training.web.reasons import Reason
from training.web.words import Timed, when

LIVE = (Teaching.Status.PROPOSED, Teaching.Status.CONFIRMED)


@dataclass(frozen=True)
class Clashes:
    """By a session's id: sessions of other dates in its room, and where its trainers are confirmed, at that time."""

    rooms: Mapping[int, Sequence[Session]] = field(default_factory=dict)
    trainers: Mapping[int, Sequence[Teaching]] = field(default_factory=dict)


def clashes_of(events: Iterable[Event]) -> Clashes:
    """Of dates loaded by `with_details`. Cancelled dates take nobody's time."""
    mine = [session for event in events for session in event.sessions.all()]
    return Clashes(_in_rooms(mine), _of_trainers(mine))


def _in_rooms(mine: Sequence[Session]) -> dict[int, list[Session]]:
    in_a_room = [session for session in mine if session.venue_id]
    if not in_a_room:
        return {}
    others = Session.objects.filter(
        venue__in={session.venue_id for session in in_a_room},
        starts_at__lt=max(session.ends_at for session in in_a_room),
        ends_at__gt=min(session.starts_at for session in in_a_room),
    ).exclude(event__standing=Event.Standing.CANCELLED)
    rivals = list(others.select_related("event").order_by("starts_at", "pk"))
    return {session.pk: [other for other in rivals if _collide(session, other)] for session in in_a_room}


def _collide(session: Session, other: Session) -> bool:
    is_other = session.event_id != other.event_id and session.venue_id == other.venue_id
    return is_other and overlap(session, other)


def _of_trainers(mine: Sequence[Session]) -> dict[int, list[Teaching]]:
    """Somebody asked here who is confirmed elsewhere. Confirmed in two places cannot be."""
    asked = {(session, one.person_id) for session in mine for one in session.teachings.all() if one.status in LIVE}
    if not asked:
        return {}
    elsewhere = (
        Teaching.objects.confirmed()
        .of_dates_that_run()
        .filter(
            person__in={person for _, person in asked},
            session__starts_at__lt=max(session.ends_at for session, _ in asked),
            session__ends_at__gt=min(session.starts_at for session, _ in asked),
        )
    )
    found: dict[int, list[Teaching]] = defaultdict(list)
    for other in elsewhere.select_related("person", "session__event").order_by("person__name", "session__starts_at"):
        for session, person in asked:
            is_other = person == other.person_id and session.event_id != other.session.event_id
            if is_other and overlap(session, other.session):
                found[session.pk].append(other)
    return found


def overlap(mine: Timed, other: Timed) -> bool:
    return mine.starts_at < other.ends_at and other.starts_at < mine.ends_at


def trainer_reason(teaching: Teaching) -> Reason:
    """That this trainer is confirmed or asked elsewhere at that time."""
    event, is_firm = teaching.session.event, teaching.status == Teaching.Status.CONFIRMED
    said = f"{teaching.person.name} {'is confirmed' if is_firm else 'is asked'} for {event} at that time"
    sentence = f"{said}: {when(teaching.session)}."
    return Reason("trainer_clash", sentence, "One of the two has to move.", False, {"event": event.reference})
