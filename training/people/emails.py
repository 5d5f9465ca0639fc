"""The messages of this app, one function each; every one is called inside its action's transaction."""

import datetime

from django.conf import settings
from django.urls import reverse

from training.outbox.posting import Recipient, post
from training.people.models import IdentityClaim, Person, RoleGrant, SecondFactorReset


def recipient(person: Person) -> Recipient:
    return Recipient(person.email, person.name, person.reference, person.mobile)


def absolute(url_name: str, *args: object) -> str:
    """The address of a page as a message prints it."""
    return f"{settings.PUBLIC_URL}{reverse(url_name, args=args)}"


def tell_role_granted(grant: RoleGrant, *, now: datetime.datetime) -> None:
    post(
        "people.role_granted",
        key=str(grant.pk),
        to=recipient(grant.person),
        now=now,
        context={"grant": grant, "home": absolute("people:home")},
    )


def tell_identity_settled(claim: IdentityClaim, *, to: Person, now: datetime.datetime) -> None:
    """`to` is whoever signed up, under the record that they have after the answer."""
    post(
        "people.identity_settled",
        key=claim.reference,
        to=recipient(to),
        now=now,
        context={"claim": claim, "home": absolute("people:home")},
    )


def tell_second_factor_reset(reset: SecondFactorReset, *, now: datetime.datetime) -> None:
    """To the address they sign in with, which may differ from the one their courses go to."""
    person = reset.user.person
    post(
        "people.second_factor_reset",
        key=str(reset.pk),
        to=Recipient(reset.user.email, person.name if person else "", person.reference if person else ""),
        now=now,
        context={"reset": reset, "sign_in": absolute("account_login")},
    )
