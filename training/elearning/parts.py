"""What this app answers to the calls that go out to all: see `training/config/parts.py`."""

import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse

from training.config.parts import Todo
from training.elearning.models import Completion, ElsewhereClaim, PlatformAccount
from training.people.models import Person, User
from training.people.permissions import Permission
from training.web.words import count

THIS_WEEK, SOME_TIME = 20, 30


def todos(user: User, now: datetime.datetime) -> list[Todo]:  # noqa: ARG001 - as every hook says
    rows = []
    if claims := ElsewhereClaim.objects.to_settle_by(user).open().count():
        what = count(claims, "course done elsewhere", "courses done elsewhere")
        rows.append(Todo(f"{what.capitalize()} to confirm.", reverse("elearning:claims"), "Confirm", THIS_WEEK))
    if user.may(Permission.MANAGE_PEOPLE) and (left := Completion.objects.to_settle().count()):
        what = count(left, "completion of e-learning is", "completions of e-learning are")
        rows.append(Todo(f"{what.capitalize()} nobody’s yet.", reverse("elearning:completions"), "Settle", SOME_TIME))
    return rows


def move_person(source: Person, target: Person, *, by: User, now: datetime.datetime) -> None:  # noqa: ARG001
    """What `target` has said of the same course and day already stays theirs alone."""
    held = ElsewhereClaim.objects.filter(person=target).exclude(outcome="refused")
    doubled = Q()
    for version_id, on in held.values_list("version_id", "on"):
        doubled |= Q(version_id=version_id, on=on)
    rows = ElsewhereClaim.objects.filter(person=source)
    (rows.exclude(doubled, ~Q(outcome="refused")) if doubled else rows).update(person=target)
    Completion.objects.filter(person=source).update(person=target)
    PlatformAccount.objects.filter(person=source).update(person=target)


def export_person(person: Person) -> dict[str, Any]:
    claims = ElsewhereClaim.objects.filter(person=person).defer("proof").select_related("version").order_by("made_at")
    completions = Completion.objects.filter(person=person).select_related("version").order_by("on", "pk")
    return {
        "what_i_did_elsewhere": [
            {
                "course": row.version.title,
                "on": row.on.isoformat(),
                "where": row.where,
                "what_proves_it": row.what_proves_it,
                "file": row.proof_name,
                "state": row.get_outcome_display(),
                "answer": row.answer,
            }
            for row in claims
        ],
        "e_learning_finished": [
            {"course": row.version.title, "on": row.on.isoformat(), "number_there": row.external_id}
            for row in completions
        ],
    }


def erase_person(person: Person, *, by: User, now: datetime.datetime) -> None:  # noqa: ARG001 - as every hook says
    """The record stays, under nobody's name; the papers and the platform's number go."""
    ElsewhereClaim.objects.filter(person=person).exclude(proof_name="").update(
        proof=b"", proof_name="removed", what_proves_it=""
    )
    Completion.objects.filter(person=person).update(name="removed", email="", external_id="")
    PlatformAccount.objects.filter(person=person).delete()
