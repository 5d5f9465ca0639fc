"""Somebody leaves a provider: what they were to teach shows on the desk."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from providers.actions.leaving import end_engagement
from providers.errors import ProvidersError
from providers.models import Engagement
from providers.waiting import todos
from tests.conftest import ClientOf
from tests.factories import make_user
from tests.factories_catalogue import any_coordinator, make_event, make_trainer
from tests.factories_providers import make_contract, make_engagement, make_order, make_provider
from training.catalogue.actions.teaching import ask_trainer, confirm_teaching
from training.catalogue.models import Event, Teaching
from training.outbox.models import Message
from training.people.models import Person, Role, User

pytestmark = pytest.mark.django_db


def taught_by(person: Person) -> Event:
    event, by, now = make_event(), any_coordinator(), timezone.now()
    ask_trainer(event=event, person=person, by=by, now=now)
    confirm_teaching(event=event, person=person, by=by, now=now)
    return event


def leave(engagement: Engagement, *, days: int = 0, by: User | None = None) -> list[Event]:
    last_day = timezone.localdate() + datetime.timedelta(days=days)
    return end_engagement(
        engagement=engagement, last_day=last_day, reason="Moved", by=by or any_coordinator(), now=timezone.now()
    )


def test_trainer_is_taken_off_the_providers_dates_and_the_desk_says_so(coordinator: User) -> None:
    trainer = make_trainer()
    engagement = make_engagement(trainer)
    event = taught_by(trainer)
    make_order(event, make_contract(engagement.provider))

    dates = leave(engagement)

    teaching = Teaching.objects.get(person=trainer)
    assert dates == [event]
    assert teaching.status == "withdrawn"
    assert teaching.steps.last().reason == f"No longer with {engagement.provider}. Moved"
    assert Message.objects.filter(kind="catalogue.taken_off").count() <= 1
    assert ["no trainer any more" in todo.sentence for todo in todos(coordinator, timezone.now())] == [True]


def test_dates_of_another_provider_and_before_the_last_day_stay() -> None:
    trainer = make_trainer()
    engagement = make_engagement(trainer)
    elsewhere = taught_by(trainer)
    make_order(elsewhere, make_contract())

    assert leave(engagement) == []
    assert leave(make_engagement(trainer, make_provider()), days=400) == []
    assert Teaching.objects.get(person=trainer).status == "confirmed"


def test_unordered_date_is_kept_where_they_still_work_for_another_provider() -> None:
    trainer = make_trainer()
    one, other = make_engagement(trainer), make_engagement(trainer, make_provider())
    event = taught_by(trainer)

    assert leave(one) == []
    assert leave(other) == [event]


def test_second_click_changes_nothing() -> None:
    trainer = make_trainer()
    engagement = make_engagement(trainer)
    taught_by(trainer)
    leave(engagement)

    assert leave(engagement) == []
    assert Teaching.objects.get(person=trainer).steps.count() == 3


def test_leaving_is_refused_before_the_first_day_and_to_others(practitioner: User) -> None:
    engagement = make_engagement()

    with pytest.raises(ProvidersError, match="on or after the first one"):
        leave(engagement, days=-400)
    with pytest.raises(ProvidersError, match="within the next ten years"):
        leave(engagement, days=5000)
    with pytest.raises(ProvidersError, match="Only a coordinator"):
        leave(engagement, by=practitioner)


def page_of(engagement: Engagement) -> str:
    return f"/providers/{engagement.provider.reference}/people/{engagement.person.reference}/end/"


def test_page_lists_the_dates_and_keeps_the_last_day(coordinator: User, client_of: ClientOf) -> None:
    trainer = make_trainer()
    engagement, event = make_engagement(trainer), taught_by(trainer)
    client: Client = client_of(coordinator)
    today = timezone.localdate()
    typed = {"last_day_day": today.day, "last_day_month": today.month, "last_day_year": today.year, "reason": "Moved"}

    page = client.get(page_of(engagement)).content.decode()
    rubbish = client.post(page_of(engagement), {"last_day_day": "x"})
    response = client.post(page_of(engagement), typed, follow=True)

    assert event.reference in page
    assert rubbish.status_code == 200
    assert "Taken off 1 date" in response.content.decode()
    assert Engagement.objects.get().period.upper == today + datetime.timedelta(days=1)


def test_page_is_for_coordinators_and_of_people_there(coordinator: User, client_of: ClientOf) -> None:
    engagement, stranger = make_engagement(), make_engagement()
    wrong = page_of(engagement).replace(engagement.person.reference, stranger.person.reference)

    assert client_of(make_user(role=Role.PDL_MEMBER)).get(page_of(engagement)).status_code == 403
    assert client_of(coordinator).get(wrong).status_code == 404
