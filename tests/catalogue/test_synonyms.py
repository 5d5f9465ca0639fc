"""The coordinator's page of search words."""

import pytest
from django.test import Client

from tests.conftest import ClientOf
from tests.factories import make_user
from training.catalogue.actions.synonyms import add_synonym, remove_synonym
from training.catalogue.errors import CatalogueError
from training.catalogue.models import Synonym
from training.people.models import Role, User

PAGE = "/desk/search-words/"
ZZ = {"term": "ZZQ", "meaning": "neglect of teeth"}


@pytest.fixture
def desk(coordinator: User, client_of: ClientOf) -> Client:
    return client_of(coordinator)


def test_word_is_added_once_shown_and_removed(desk: Client) -> None:
    for _ in range(2):
        assert desk.post(PAGE, ZZ).status_code == 302
    kept = Synonym.objects.filter(**ZZ).count()
    shown = desk.get(f"{PAGE}?q=zzq").content.decode()
    for _ in range(2):
        assert desk.post(f"{PAGE}remove/", ZZ).status_code == 302

    assert kept == 1
    assert "neglect of teeth" in shown
    assert Synonym.objects.filter(**ZZ).count() == 0


@pytest.mark.parametrize(
    "changes", [{"term": ""}, {"meaning": "…"}, {"term": "x" * 61}, {"meaning": "zzq"}, {"term": "\u202e"}]
)
def test_rubbish_is_refused(desk: Client, changes: dict[str, str]) -> None:
    before = Synonym.objects.count()

    response = desk.post(PAGE, {**ZZ, **changes})

    assert "There is a problem" in response.content.decode()
    assert Synonym.objects.count() == before


@pytest.mark.parametrize("query", ["q=%25_", "q=" + "x" * 3000, "q=zz&page=-4"])
def test_nonsense_query_is_answered(desk: Client, query: str) -> None:
    assert desk.get(f"{PAGE}?{query}").status_code == 200


def test_only_coordinators_change_words(client_of: ClientOf, practitioner: User) -> None:
    client = client_of(make_user(role=Role.TRAINER))

    assert [client.get(PAGE).status_code, client.post(f"{PAGE}remove/", ZZ).status_code] == [403, 403]
    with pytest.raises(CatalogueError, match="Only a coordinator"):
        add_synonym(by=practitioner, **ZZ)
    with pytest.raises(CatalogueError, match="Only a coordinator"):
        remove_synonym(by=practitioner, **ZZ)


def test_word_is_not_removed_by_a_link(desk: Client) -> None:
    assert desk.get(f"{PAGE}remove/").status_code == 405
