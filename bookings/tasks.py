"""What the clock does to bookings. Every task may run twice, or two at once, and changes nothing the second time."""

from celery import shared_task
from django.utils import timezone

from bookings import moments, texts
from bookings.actions import incidents, offers, places
from bookings.actions.adjustments import forget_adjustments as forget
from bookings.actions.sheets import forget_sheets as forget_signed_sheets
from bookings.agencies import monthly
from bookings.bulletin import releasing
from bookings.calendars import answers, changes
from bookings.charges import finding
from bookings.disruption import lifting, telling
from bookings.own_time import finish_enrolments
from training.web.when import london_day


@shared_task
def end_offers() -> int:
    """Offers that nobody answered in time go to the next person."""
    return offers.end_offers(now=timezone.now())


@shared_task
def fill_free_places() -> int:
    """Kept places whose day has come, and whatever else came free, go to whoever waits."""
    return places.fill_free_places(now=timezone.now())


@shared_task
def finish_own_time() -> int:
    """Bookings of e-learning whose course was finished are completed, wherever it was settled."""
    return finish_enrolments(now=timezone.now())


@shared_task
def forget_adjustments() -> int:
    """What somebody needed is deleted soon after the date."""
    return forget(today=timezone.localdate())


@shared_task
def take_answers() -> int:
    """A "no" in somebody's calendar is asked about."""
    return answers.take_answers(now=timezone.now())


@shared_task
def tell_changes() -> int:
    """Whoever is booked on a date that has changed gets their calendar put right."""
    return changes.tell_changes(now=timezone.now())


@shared_task
def ask_still_coming() -> int:
    """Before leaving stops being free."""
    return moments.ask_still_coming(now=timezone.now())


@shared_task
def send_joining_instructions() -> int:
    return moments.send_joining_instructions(now=timezone.now())


@shared_task
def send_joining_links() -> int:
    return moments.send_joining_links(now=timezone.now())


@shared_task
def send_day_before() -> int:
    """A text message the evening before."""
    return texts.send_day_before(now=timezone.now())


@shared_task
def write_to_leads() -> int:
    """Once a month, what the training leads' page says."""
    return monthly.write_to_leads(now=timezone.now())


@shared_task
def chase_incidents() -> int:
    """What happened at a date and is still open, each working day."""
    return incidents.chase_incidents(now=timezone.now())


@shared_task
def forget_sheets() -> int:
    """Photos of signed sheets, once nobody needs them."""
    return forget_signed_sheets(today=london_day(timezone.now()))


@shared_task
def tell_disruptions() -> int:
    """Whoever is on a date that was suspended, changed or let go on, and has not been told yet."""
    return telling.tell_disruptions(now=timezone.now())


@shared_task
def lose_passed_dates() -> int:
    """Suspended dates whose day has passed did not take place."""
    return lifting.lose_passed_dates(now=timezone.now())


@shared_task
def find_missed() -> int:
    """Places that stood empty: whoever had them is asked why."""
    return finding.find_missed(now=timezone.now())


@shared_task
def write_bulletins() -> int:
    """The letters of bulletins that a coordinator has released."""
    return releasing.write_bulletins(now=timezone.now())
