"""Looking up what an address names, among the rows that the user may see: anything else is a 404."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from training.people.access import user_of
from training.people.models import Agency, Employment, IdentityClaim, Person, User


def own_person(request: HttpRequest) -> Person:
    """The record of whoever is signed in. They have none between signing up and saying their name."""
    person = user_of(request).person
    if person is None:
        raise Http404
    return person


def person_or_404(user: User, reference: str) -> Person:
    return get_object_or_404(Person.objects.visible_to(user), reference=reference.upper())


def agency_or_404(reference: str) -> Agency:
    return get_object_or_404(Agency, reference=reference.upper())


def led_agency_or_404(user: User, reference: str) -> Agency:
    return get_object_or_404(Agency.objects.filter(pk__in=user.led_agency_ids), reference=reference.upper())


def claim_or_404(user: User, reference: str) -> IdentityClaim:
    return get_object_or_404(IdentityClaim.objects.visible_to(user), reference=reference.upper())


def employment_or_404(user: User, person: str, agency: str) -> Employment:
    """The latest employment of this person at this organisation that was not refused, named by both references."""
    rows = Employment.objects.visible_to(user).not_refused().select_related("person", "agency")
    found = rows.filter(person__reference=person.upper(), agency__reference=agency.upper()).order_by("-period").first()
    if found is None:
        raise Http404
    return found


def answered_employment_or_404(agency: Agency, person: str) -> Employment:
    """The latest at an organisation that the caller may settle, refused or not: a second click finds it again."""
    rows = agency.employments.select_related("person", "agency")
    found = rows.filter(person__reference=person.upper()).order_by("-period").first()
    if found is None:
        raise Http404
    return found
