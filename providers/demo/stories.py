"""What a coordinator has to see to: planted, so that a test finds it again."""

import datetime

from django.db.models import F

from providers.models import Commission
from training.catalogue.actions.standing import cancel_event, unpublish_event
from training.catalogue.models import DeliveryMode, Event, Teaching
from training.config.parts import Demo

ONLINE = (DeliveryMode.VIRTUAL, DeliveryMode.HYBRID)
LINKS_FROM = datetime.timedelta(days=70)
SPARE_SEATS = 5


def tell_stories(demo: Demo) -> None:
    """Kept by word: `providers.draft`, `providers.cancelled`, `providers.unconfirmed`."""
    to_come = Event.objects.published().to_come(demo.now).exclude(mode=DeliveryMode.E_LEARNING)
    _offer_fewer_places(demo)
    later = list(to_come.filter(starts_at__gt=demo.now + datetime.timedelta(days=15)).order_by("starts_at", "pk"))
    free = [event for event in later if not event.commissions.exclude(status=Commission.Status.CANCELLED).exists()]
    online = [event for event in later if event.mode == DeliveryMode.VIRTUAL]
    by = demo.person("coordinator").user
    demo.keep("providers.draft", unpublish_event(event=online[0], by=by, now=demo.now))
    _give_links(demo, online[0])
    reason = "The room is being repaired, and no other is free that week."
    cancelled = next(event for event in free if event.mode == DeliveryMode.FACE_TO_FACE)
    demo.keep("providers.cancelled", cancel_event(event=cancelled, reason=reason, by=by, now=demo.now))
    demo.keep(
        "providers.unconfirmed", _leave_unanswered(next(one for one in later if one not in (cancelled, online[0])))
    )


def _offer_fewer_places(demo: Demo) -> None:
    """A room of 25 is offered to 20, so that interpreters and assistants fit in."""
    current = Event.objects.filter(starts_at__gt=demo.now - datetime.timedelta(days=200), room_limit__gt=15)
    current.update(places_offered=F("room_limit") - SPARE_SEATS)


def _give_links(demo: Demo, draft: Event) -> None:
    """Dates live online have their link, but for the draft and those far off."""
    online = Event.objects.published().filter(mode__in=ONLINE, starts_at__lt=demo.now + LINKS_FROM).exclude(pk=draft.pk)
    events = list(online.filter(starts_at__gt=demo.now - datetime.timedelta(days=200)))
    for event in events:
        event.joining_link = f"https://meet.muster.example/{event.reference.lower()}"
    Event.objects.bulk_update(events, ["joining_link"])


def _leave_unanswered(event: Event) -> Event:
    """The trainer was asked and has not said yes: no step says that they had."""
    teachings = Teaching.objects.filter(session__event=event)
    teachings.update(status=Teaching.Status.PROPOSED, answered_at=None)
    for teaching in teachings:
        teaching.steps.update(became=Teaching.Status.PROPOSED)
    return event
