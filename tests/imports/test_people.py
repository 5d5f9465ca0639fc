"""People and organisations out of the partnership's own lists."""

import pytest

from tests.factories import make_agency, make_person
from tests.imports.reading import DATA, counted, said, take
from training.people.imports import PEOPLE
from training.people.models import Agency, Employment, Person, User

HEAD = "name,email,agency,job_title,manager_name,manager_email\n"
OLU = "Olu Hassan,office@school.example,Nunhead Hill School,Teacher,Ruth Okafor,ruth@school.example\n"


def read(content, by: User, **options: bool):
    return take(content, by, kinds=PEOPLE, **options)


@pytest.fixture
def school(db: None) -> Agency:
    return make_agency("Nunhead Hill School")


def test_own_files_and_the_same_again(by: User) -> None:
    assert counted(read(DATA / "agencies.csv", by)) == [{"new": 59}]
    assert counted(read(DATA / "people.csv", by)) == [{"new": 420}]
    before = Person.history.rel.related_model.objects.count()

    assert counted(read(DATA / "agencies.csv", by)) == [{"unchanged": 59}]
    assert counted(read(DATA / "people.csv", by)) == [{"unchanged": 420}]
    assert Person.history.rel.related_model.objects.count() == before
    assert Employment.objects.filter(standing="confirmed", settled_by=by.person).count() == 420


def test_one_address_belongs_to_several(by: User, school: Agency) -> None:
    outcome = read(HEAD + OLU + OLU.replace("Olu Hassan", "Zoë Müller"), by)

    assert counted(outcome) == [{"new": 2}]
    assert Person.objects.with_address("office@school.example").count() == 2


def test_a_person_twice_in_the_file_is_wrong(by: User, school: Agency) -> None:
    assert said(read(HEAD + OLU + OLU, by)) == [
        "Row 3, name: found “Olu Hassan”, expected each person once: they are in row 2 too."
    ]


def test_only_what_the_file_says_otherwise_changes(by: User, school: Agency) -> None:
    read(HEAD + OLU, by)

    outcome = read(HEAD + "olu hassan,OFFICE@school.example,nunhead hill school,Deputy head,,\n", by)

    assert [str(change) for change in outcome.plans[0].lines[0].changes] == ["Job title: Teacher → Deputy head"]
    work = Employment.objects.get(agency=school)
    assert (work.job_title, work.manager_name, work.person.name) == ("Deputy head", "Ruth Okafor", "Olu Hassan")


def test_a_leaver_who_comes_back_is_new(by: User, school: Agency) -> None:
    make_person("Olu Hassan", email="office@school.example")  # known, but works nowhere

    assert counted(read(HEAD + OLU, by)) == [{"new": 1}]


def test_the_office_s_mailbox_does_not_reach_a_manager(by: User, school: Agency) -> None:
    outcome = read(HEAD + OLU.replace("ruth@school.example", "office@school.example"), by)

    assert outcome.plans[0].lines[0].warnings == ["The manager’s address is their own, so it is left out."]
    work = Employment.objects.get(agency=school)
    assert (work.manager_name, work.manager_email) == ("Ruth Okafor", "")


def test_an_unknown_organisation_is_answered_with_the_nearest(by: User, school: Agency) -> None:
    assert said(read(HEAD + OLU.replace("Nunhead Hill School", "Nunhead Hil School"), by)) == [
        "Row 2, agency: found “Nunhead Hil School”, expected an organisation that Muster knows; the nearest: “Nunhead"
        " Hill School”."
    ]


@pytest.mark.parametrize(
    ("was", "becomes", "problem"),
    [
        (
            "office@school.example",
            "office at school",
            "email: found “office at school”, expected an e-mail address, like name@example.org.",
        ),
        ("Olu Hassan", "", "name: found nothing, expected something: it cannot be empty."),
        ("Teacher", "=cmd()", "job_title: found “=cmd()”, expected words, not a formula."),
    ],
)  # fmt: skip
def test_what_a_person_must_not_say(by: User, school: Agency, was: str, becomes: str, problem: str) -> None:
    assert said(read(HEAD + OLU.replace(was, becomes), by)) == [f"Row 2, {problem}"]
    assert not Person.objects.filter(name="Olu Hassan").exists()


def test_an_organisation_is_changed_where_the_file_says_so(by: User, school: Agency) -> None:
    outcome = read("name,sector,headcount,group\nNunhead Hill School,council,40,Hill Trust\n", by)

    assert [str(change) for change in outcome.plans[0].lines[0].changes] == [
        "Headcount: empty → 40",
        "Group: empty → Hill Trust",
    ]
    assert said(read("name,sector,email_domains\nA,school,not_a domain\n", by)) == [
        "Row 2, email_domains: found “not_a”, expected domains like example.org with spaces between.",
        "Row 2, email_domains: found “domain”, expected domains like example.org with spaces between.",
        "Row 2, sector: found “school”, expected one of Council, Health, Police, Education, Early years, Probation,"
        " Voluntary, Faith, Fire, Housing, Other.",
    ]
