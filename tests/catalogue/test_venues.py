import pytest

from tests.factories_catalogue import make_venue
from training.catalogue.actions.venues import save_venue
from training.catalogue.errors import CatalogueError, StaleError
from training.catalogue.models import Venue
from training.people.models import User


def test_save_venue_adds(coordinator: User) -> None:
    venue = save_venue(venue=Venue(name=" Tooley  Rooms 2 ", address="Wharf", capacity=18), revision=1, by=coordinator)

    assert Venue.objects.get().name == "Tooley Rooms 2"
    assert venue.revision == 1


def test_save_venue_refuses_a_name_that_is_taken(coordinator: User) -> None:
    make_venue("Tooley Rooms 2")

    with pytest.raises(CatalogueError, match=r"There is already a venue called tooley rooms 2."):
        save_venue(venue=Venue(name="tooley rooms 2", address="Wharf", capacity=18), revision=1, by=coordinator)


@pytest.mark.parametrize(("name", "capacity"), [("", 18), ("Room", 0)])
def test_save_venue_refuses_what_is_no_room(coordinator: User, name: str, capacity: int) -> None:
    with pytest.raises(CatalogueError, match=r"Enter the venue’s name and how many it holds."):
        save_venue(venue=Venue(name=name, address="Wharf", capacity=capacity), revision=1, by=coordinator)


def test_save_venue_refuses_the_second_of_two_editors(coordinator: User) -> None:
    venue = make_venue()
    theirs, mine = Venue.objects.get(pk=venue.pk), Venue.objects.get(pk=venue.pk)
    theirs.capacity, mine.capacity = 10, 12
    save_venue(venue=theirs, revision=1, by=coordinator)

    with pytest.raises(StaleError) as refusal:
        save_venue(venue=mine, revision=1, by=coordinator)

    assert refusal.value.revision == 2
    assert Venue.objects.get().capacity == 10


def test_save_venue_refuses_a_practitioner(practitioner: User) -> None:
    with pytest.raises(CatalogueError, match=r"Only a coordinator"):
        save_venue(venue=Venue(name="Room", address="Wharf", capacity=18), revision=1, by=practitioner)
