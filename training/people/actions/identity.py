"""Whether somebody who signed up is a person we know: never decided by the e-mail address alone."""

import datetime

from django.db import transaction
from django.utils import timezone

from training.config import parts
from training.people.actions.persons import record_person, tidy_name
from training.people.emails import tell_identity_settled
from training.people.errors import PeopleError
from training.people.models import IdentityClaim, Person, PersonView, Role, RoleGrant, User
from training.people.permissions import Permission


@transaction.atomic
def introduce(*, user: User, name: str, now: datetime.datetime) -> Person:
    """Give a new login its person, once its address is proved.

    A known person is taken over at once only when nobody else has that address, the name is the same and
    they have no login. Otherwise the newcomer starts a record of their own, and a claim is opened on each
    known person whom they may be.
    """
    locked = User.objects.select_for_update().get(pk=user.pk)
    if locked.person_id is not None:
        return Person.objects.get(pk=locked.person_id)
    known = list(Person.objects.present().with_address(locked.email).select_for_update().order_by("pk"))
    person = _sole_namesake(known, name)
    if person is None:
        standing = Person.Standing.PROVISIONAL if known else Person.Standing.ACTIVE
        person = record_person(name=name, email=locked.email, now=now, standing=standing)
        for other in known:
            if not User.objects.filter(person=other).exists():
                IdentityClaim.objects.create(newcomer=person, known=other, made_at=now)
    locked.person = person
    locked.save(update_fields=["person"])
    user.person = person
    return person


def _sole_namesake(known: list[Person], name: str) -> Person | None:
    if len(known) != 1 or known[0].name.casefold() != tidy_name(name).casefold():
        return None
    return None if User.objects.filter(person=known[0]).exists() else known[0]


@transaction.atomic
def settle_identity(*, claim: IdentityClaim, is_same: bool, by: User, now: datetime.datetime) -> IdentityClaim:
    """A coordinator, or the lead of the known person's agency, answers. A second answer changes nothing."""
    locked = IdentityClaim.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=claim.pk).first()
    if locked is None:
        raise PeopleError("Only the training lead of this person’s organisation or a coordinator can settle this.")
    if locked.settled_at is not None:
        return locked
    if by.person_id in (locked.newcomer_id, locked.known_id):
        raise PeopleError("Somebody else has to confirm who you are.")
    locked.outcome = IdentityClaim.Outcome.SAME if is_same else IdentityClaim.Outcome.OTHER
    locked.settled_by_id, locked.settled_at = by.person_id, now
    locked.save()
    if is_same:
        _close_other_claims(locked, by, now)
        _join(locked.newcomer, locked.known, by, now)
    else:
        _settle_provisional(locked.newcomer)
    tell_identity_settled(locked, to=locked.known if is_same else locked.newcomer, now=now)
    return locked


def _close_other_claims(claim: IdentityClaim, by: User, now: datetime.datetime) -> None:
    IdentityClaim.objects.open().filter(newcomer_id=claim.newcomer_id).update(
        outcome=IdentityClaim.Outcome.OTHER, settled_by=by.person_id, settled_at=now
    )


def _settle_provisional(newcomer: Person) -> None:
    if not IdentityClaim.objects.open().filter(newcomer=newcomer).exists():
        Person.objects.filter(pk=newcomer.pk, standing=Person.Standing.PROVISIONAL).update(
            standing=Person.Standing.ACTIVE
        )


@transaction.atomic
def join_records(*, source: Person, target: Person, by: User, now: datetime.datetime) -> Person:
    """Two records are one person: all rows of `source`, in every app, go to `target`; `source` stays as a signpost.

    A second click changes nothing.
    """
    if not by.may(Permission.MANAGE_PEOPLE):
        raise PeopleError("Only a coordinator can join two records.")
    return _join(source, target, by, now)


def _join(source: Person, target: Person, by: User, now: datetime.datetime) -> Person:
    both = Person.objects.select_for_update().filter(pk__in=(source.pk, target.pk)).order_by("pk")
    locked = {person.pk: person for person in both}
    source, target = locked[source.pk], locked[target.pk]
    if source.merged_into_id == target.pk:
        return target
    if reason := reason_not_joinable(source, target, by=by, today=timezone.localdate(now)):
        raise PeopleError(reason)
    parts.move_person(source, target, by=by, now=now)
    source.standing, source.merged_into = Person.Standing.MERGED, target
    source.save(update_fields=["standing", "merged_into"])
    return target


def reason_not_joinable(source: Person, target: Person, *, by: User, today: datetime.date) -> str:
    """Why these two cannot be joined by this user, as a sentence; empty when they can. Page and action share it."""
    if source.pk == target.pk:
        return "Choose two different records."
    if Person.Standing.MERGED in (source.standing, target.standing):
        return "One of these records has been joined to another already."
    if by.person_id in (source.pk, target.pk):
        return "Somebody else has to join a record with your own."
    if User.objects.filter(person__in=(source, target)).count() == 2:
        return "Both records have a login. Ask the person which one they use and close the other first."
    administrators = RoleGrant.objects.filter(person__in=(source, target), role=Role.ADMINISTRATOR).not_over(today)
    if administrators.exists() and not by.may(Permission.GRANT_ROLES):
        return "One of these records holds the role of administrator. Ask an administrator to join them."
    return ""


def move_person(source: Person, target: Person, *, by: User, now: datetime.datetime) -> None:
    """This app's share of `join_records`: login, employments, roles, claims; what would overlap stays behind."""
    User.objects.filter(person=source).update(person=target)
    held = set(target.employments.not_refused().values_list("agency_id", flat=True))
    source.employments.exclude(agency_id__in=held).update(person=target)
    roles = set(target.role_grants.values_list("role", "agency_id"))
    for grant in RoleGrant.objects.filter(person=source):
        if (grant.role, grant.agency_id) not in roles:
            RoleGrant.objects.filter(pk=grant.pk).update(person=target)
    PersonView.objects.filter(person=source).update(person=target)
    _move_claims(source, target, by, now)


def _move_claims(source: Person, target: Person, by: User, now: datetime.datetime) -> None:
    answer = {"settled_by": by.person_id, "settled_at": now}
    claims = IdentityClaim.objects.open()
    claims.filter(newcomer__in=(source, target), known__in=(source, target)).update(outcome="same", **answer)
    for side, other in (("known", "newcomer"), ("newcomer", "known")):
        paired = IdentityClaim.objects.filter(**{side: target}).values(other)
        claims.filter(**{side: source}).exclude(**{f"{other}__in": paired}).update(**{side: target})
        claims.filter(**{side: source}).update(outcome="other", **answer)
