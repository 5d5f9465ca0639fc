"""What is done before a course: asked for, taken away, never in a circle, shown."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from tests.catalogue.test_races import at_once
from tests.conftest import ClientOf
from tests.factories import make_partnership, make_user
from tests.factories_catalogue import make_course
from tests.people.making import make_lead
from training.catalogue.actions.first import ask_first, ask_no_longer, set_equivalents
from training.catalogue.errors import CatalogueError
from training.catalogue.finding.first import asked_first, counts_as_this
from training.catalogue.models import Course, Equivalence, Prerequisite, PrerequisiteOption
from training.people.models import Role, User


@pytest.fixture
def desk(coordinator: User, client_of: ClientOf) -> Client:
    return client_of(coordinator)


@pytest.fixture
def abc(coordinator: User) -> tuple[Course, Course, Course]:
    first, second, third = (make_course(f"Course {code}", code=code) for code in "ABC")
    return first, second, third


def ask(course: Course, *accepted: Course, by: User, strength: str = "must") -> Prerequisite:
    return ask_first(course=course, accepted=accepted, strength=strength, by=by)


def test_ask_first_any_of_a_set(abc: tuple[Course, ...], coordinator: User) -> None:
    a, b, c = abc

    ask(c, b, a, by=coordinator)

    assert [(one.is_must, [known.title for known in one.courses]) for one in asked_first(c)] == [
        (True, ["Course A", "Course B"])
    ]


def test_ask_first_again_changes_only_how_strictly(abc: tuple[Course, ...], coordinator: User) -> None:
    a, b, c = abc
    first = ask(c, a, b, by=coordinator)

    again = ask(c, b, a, by=coordinator, strength="should")

    assert (again.pk, again.strength, Prerequisite.objects.count()) == (first.pk, "should", 1)


def test_ask_first_refuses_a_circle_and_names_it(abc: tuple[Course, ...], coordinator: User) -> None:
    a, b, c = abc
    ask(b, a, by=coordinator)
    ask(c, b, by=coordinator)

    with pytest.raises(CatalogueError) as refusal:
        ask(a, c, by=coordinator)

    assert str(refusal.value) == (
        "A cannot ask for C first: C asks for B first, B asks for A first. Nobody could start anywhere. "
        "Take one of them away."
    )
    assert asked_first(a) == []


def test_ask_first_refuses_itself_and_nothing(abc: tuple[Course, ...], coordinator: User) -> None:
    with pytest.raises(CatalogueError, match="cannot be done before itself"):
        ask(abc[0], abc[0], by=coordinator)
    with pytest.raises(CatalogueError, match="Enter the code of at least one course"):
        ask(abc[0], by=coordinator)


@pytest.mark.parametrize("role", [Role.TRAINER, Role.PDL_MEMBER])
def test_first_is_the_coordinators(abc: tuple[Course, ...], role: Role) -> None:
    other = make_user(role=role)
    a, b, _ = abc

    with pytest.raises(CatalogueError, match="Only a coordinator"):
        ask(b, a, by=other)
    with pytest.raises(CatalogueError, match="Only a coordinator"):
        ask_no_longer(course=b, reference="X", by=other)
    with pytest.raises(CatalogueError, match="Only a coordinator"):
        set_equivalents(course=b, equivalents=[a], by=other)


def test_postgresql_refuses_a_circle(abc: tuple[Course, ...], coordinator: User) -> None:
    a, b, c = abc
    ask(b, a, by=coordinator)
    ask(c, b, by=coordinator)
    closing = Prerequisite.objects.create(course=a, strength="should")

    with pytest.raises(IntegrityError, match="in a circle"), transaction.atomic():
        PrerequisiteOption.objects.bulk_create([PrerequisiteOption(prerequisite=closing, course=c)])


def test_postgresql_refuses_a_course_before_itself(abc: tuple[Course, ...]) -> None:
    own = Prerequisite.objects.create(course=abc[0], strength="must")

    with pytest.raises(IntegrityError, match="in a circle"):
        PrerequisiteOption.objects.create(prerequisite=own, course=abc[0])


def test_postgresql_keeps_a_prerequisite_with_its_course(abc: tuple[Course, ...], coordinator: User) -> None:
    asked = ask(abc[1], abc[0], by=coordinator)

    with pytest.raises(Exception, match="stays with its course"), transaction.atomic():
        Prerequisite.objects.filter(pk=asked.pk).update(course=abc[2])


def test_postgresql_refuses_doubles_and_unknown_words(abc: tuple[Course, ...], coordinator: User) -> None:
    asked = ask(abc[1], abc[0], by=coordinator)
    set_equivalents(course=abc[1], equivalents=[abc[2]], by=coordinator)
    refused = {
        "prerequisite_accepts_a_course_once": lambda: PrerequisiteOption.objects.create(
            prerequisite=asked, course=abc[0]
        ),
        "prerequisite_strength_is_known": lambda: Prerequisite.objects.create(course=abc[1], strength="may"),
        "equivalence_once": lambda: Equivalence.objects.create(course=abc[2], counts_as=abc[1]),
        "equivalence_is_of_another_course": lambda: Equivalence.objects.create(course=abc[2], counts_as=abc[2]),
    }

    for name, write in refused.items():
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            write()


@pytest.mark.django_db(transaction=True)
def test_two_halves_of_a_circle_at_once(now: datetime.datetime) -> None:
    make_partnership()
    by = make_user(role=Role.COORDINATOR)
    a, b = make_course(code="A"), make_course(code="B")

    results = at_once(lambda: ask(a, b, by=by), lambda: ask(b, a, by=by))

    refusals = [result for result in results if isinstance(result, CatalogueError)]
    assert len(refusals) == 1
    assert "Nobody could start anywhere" in str(refusals[0])
    assert PrerequisiteOption.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_second_of_two_connections_waits_for_the_first(now: datetime.datetime) -> None:
    """Straight at the rows, past the action: PostgreSQL alone must see what the other has done."""
    make_partnership()
    by = make_user(role=Role.COORDINATOR)
    a, b = make_course(code="A", by=by), make_course(code="B", by=by)
    halves = [(Prerequisite.objects.create(course=one, strength="must"), other) for one, other in ((a, b), (b, a))]

    results = at_once(*(lambda pair=pair: _insert(*pair) for pair in halves))  # type: ignore[misc]

    assert sorted(map(str, results)) == ["refused", "written"]


def _insert(prerequisite: Prerequisite, course: Course) -> str:
    try:
        with transaction.atomic():
            PrerequisiteOption.objects.create(prerequisite=prerequisite, course=course)
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_sleep(0.1)")
    except IntegrityError:
        return "refused"
    return "written"


def test_set_equivalents_writes_exactly_these(abc: tuple[Course, ...], coordinator: User) -> None:
    a, b, c = abc
    set_equivalents(course=a, equivalents=[b], by=coordinator)

    set_equivalents(course=a, equivalents=[c], by=coordinator)
    set_equivalents(course=a, equivalents=[c], by=coordinator)

    assert [known.code for known in counts_as_this(a)] == ["C"]
    with pytest.raises(CatalogueError, match="need not count as itself"):
        set_equivalents(course=a, equivalents=[a], by=coordinator)


def test_page_asks_and_takes_away_twice(desk: Client, abc: tuple[Course, ...]) -> None:
    sent = {"do": "ask", "ask-accepted": " a, b;a ", "ask-strength": "must"}
    for _ in range(2):
        assert desk.post("/desk/courses/C/first/", sent).status_code == 302
    asked = Prerequisite.objects.get()

    page = desk.get("/desk/courses/C/first/").content.decode()

    assert ("Course A" in page, "Course B" in page) == (True, True)
    for _ in range(2):
        assert desk.post(f"/desk/courses/C/first/{asked.reference}/remove/").status_code == 302
    assert Prerequisite.objects.count() == 0


def test_page_says_what_is_wrong_and_keeps_what_was_typed(desk: Client, abc: tuple[Course, ...]) -> None:
    ask(abc[1], abc[0], by=User.objects.get(pk=desk.session["_auth_user_id"]))

    circle = desk.post("/desk/courses/A/first/", {"do": "ask", "ask-accepted": "B", "ask-strength": "must"})
    unknown = desk.post("/desk/courses/A/first/", {"do": "ask", "ask-accepted": "B, ZZ9", "ask-strength": "often"})
    rubbish = desk.post("/desk/courses/A/first/", {"do": "count", "count-equivalents": "' ; --"})

    assert "Nobody could start anywhere" in circle.content.decode()
    assert unknown.context["asking"].errors == {
        "accepted": ["There is no course ZZ9. Check the code"],
        "strength": ["Choose one of the answers shown"],
    }
    assert 'value="B, ZZ9"' in unknown.content.decode()
    assert rubbish.status_code == 200
    assert desk.post("/desk/courses/A/first/", {"do": "else"}).status_code == 200
    assert desk.get("/desk/courses/NONE/first/").status_code == 404


def test_pages_are_closed_to_others(abc: tuple[Course, ...], client: Client, client_of: ClientOf) -> None:
    lead = client_of(make_lead())

    assert client.get("/desk/courses/A/first/").status_code == 302
    assert lead.get("/desk/courses/A/first/").status_code == 403
    assert lead.post("/desk/courses/A/first/", {"do": "ask", "ask-accepted": "B"}).status_code == 403
    assert lead.post("/desk/courses/A/first/X/remove/").status_code == 403


def test_public_page_names_what_comes_first_with_links(
    abc: tuple[Course, ...], coordinator: User, client: Client
) -> None:
    a, b, c = abc
    draft = make_course("Course D", code="D", is_published=False)
    ask(c, a, b, draft, by=coordinator)
    set_equivalents(course=c, equivalents=[draft], by=coordinator)

    page = client.get("/courses/C/").content.decode()

    assert "You must have done one of these" in page
    assert ('href="/courses/A/"' in page, 'href="/courses/D/"' in page) == (True, False)
