"""The coordinator's page of search words."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django import Settings

from tests.conftest import ClientOf
from tests.factories import make_user
from tests.factories_catalogue import make_course
from training.catalogue.actions.synonyms import add_synonym, change_synonym, remove_synonym
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


def changing(client: Client, **new: str) -> object:
    old = {"old_term": ZZ["term"], "old_meaning": ZZ["meaning"]}
    return client.post(f"{PAGE}change/", {**old, **ZZ, **new})


def history(pk: int) -> list[tuple[str, str, str]]:
    rows = apps.get_model("catalogue", "SynonymHistory").objects.filter(pgh_obj_id=pk).order_by("pgh_id")
    return list(rows.values_list("pgh_label", "term", "meaning"))


def test_word_is_changed_once_and_its_history_kept(desk: Client, coordinator: User) -> None:
    held = add_synonym(by=coordinator, **ZZ)
    page = desk.get(f"{PAGE}change/?{urlencode(ZZ)}").content.decode()

    answers = [changing(desk, term="zzq", meaning="dental neglect").status_code for _ in range(2)]
    remove_synonym(by=coordinator, term="zzq", meaning="dental neglect")

    assert 'value="neglect of teeth"' in page
    assert answers == [302, 302]
    assert history(held.pk) == [
        ("insert", "ZZQ", "neglect of teeth"),
        ("update", "zzq", "dental neglect"),
        ("delete", "zzq", "dental neglect"),
    ]


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        ({"meaning": ""}, "There is a problem"),
        ({"meaning": "zzq"}, "A word finds itself already"),
        ({"term": "ZZP"}, "finds neglect of teeth already"),
        ({"old_term": "ZZN", "meaning": "gums"}, "Somebody else has changed or removed"),
        ({"old_term": ""}, "There is a problem"),
    ],
)
def test_change_is_refused_and_what_was_typed_stays(
    desk: Client, coordinator: User, new: dict[str, str], sentence: str
) -> None:
    add_synonym(by=coordinator, **ZZ)
    add_synonym(by=coordinator, term="ZZP", meaning="neglect of teeth")

    page = changing(desk, **new).content.decode()

    assert sentence in page
    assert Synonym.objects.filter(term__startswith="ZZ").count() == 2


def test_unknown_word_has_no_page_to_change_it(desk: Client) -> None:
    queries = ("", "?term=ZZQ", "?term=ZZQ&meaning=%25", "?term=" + "x" * 3000)

    assert {desk.get(f"{PAGE}change/{query}").status_code for query in queries} == {404}


def test_only_coordinators_change_a_word(client_of: ClientOf, practitioner: User) -> None:
    client = client_of(make_user(role=Role.TRAINER))

    assert changing(client).status_code == 403
    with pytest.raises(CatalogueError, match="Only a coordinator"):
        change_synonym(old_term="ZZQ", old_meaning="x", term="ZZQ", meaning="y", by=practitioner)


def test_database_keeps_a_word_once(coordinator: User) -> None:
    add_synonym(by=coordinator, **ZZ)

    with pytest.raises(IntegrityError, match="synonym_once"), transaction.atomic():
        Synonym.objects.create(term="zzq", meaning="Neglect of Teeth")


def test_visitors_search_follows_each_change_at_once(
    client: Client, coordinator: User, settings: Settings, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    """Though what a search found is kept for a minute otherwise."""
    settings.CATALOGUE_REMEMBERED_SECONDS = 60
    make_course(title="Neglect of teeth")
    changes = (
        lambda: add_synonym(by=coordinator, **ZZ),
        lambda: change_synonym(old_term="ZZQ", old_meaning=ZZ["meaning"], term="ZZQ", meaning="gums", by=coordinator),
        lambda: change_synonym(old_term="ZZQ", old_meaning="gums", by=coordinator, **ZZ),
        lambda: remove_synonym(by=coordinator, **ZZ),
    )

    found = ["Nothing found" not in client.get("/courses/?q=ZZQ").content.decode()]
    for change in changes:
        with django_capture_on_commit_callbacks(execute=True):
            change()
        found.append("Nothing found" not in client.get("/courses/?q=ZZQ").content.decode())

    assert found == [False, True, False, True, False]


def test_trying_a_word_says_what_it_finds_now(desk: Client, coordinator: User) -> None:
    make_course(title="Neglect of teeth")
    before = desk.get(f"{PAGE}?q=ZZQ").context["found"]

    add_synonym(by=coordinator, **ZZ)

    assert (before, desk.get(f"{PAGE}?q=ZZQ").context["found"]) == ([], ["Neglect of teeth"])
