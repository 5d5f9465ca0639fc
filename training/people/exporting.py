from typing import Any

from training.outbox.models import Message
from training.people.models import Employment, IdentityClaim, Person, RoleGrant
from training.people.visibility import messages_to


def export_person(person: Person) -> dict[str, Any]:
    """All that this app keeps about a person, as plain JSON values. Nothing about others but who did what when."""
    return {
        "details": _details(person),
        "where_i_work": [_employment(row) for row in person.employments.select_related("agency").order_by("period")],
        "roles": [_role(row) for row in person.role_grants.select_related("agency").order_by("period")],
        "questions_whether_two_records_are_mine": [_claim(row) for row in _claims(person)],
        "who_looked_at_my_record": [
            {"who": look.viewer.name, "at": look.at.isoformat()}
            for look in person.views.select_related("viewer").order_by("at")
        ],
        "messages_to_me": [_message(row) for row in Message.objects.filter(messages_to(person)).order_by("created_at")],
    }


def _details(person: Person) -> dict[str, Any]:
    login = getattr(person, "user", None)
    return {
        "reference": person.reference,
        "name": person.name,
        "email": person.email,
        "mobile": person.mobile,
        "name_is_kept_off_shared_lists": person.is_name_private,
        "record_since": person.created_at.isoformat(),
        "login": login.email if login else None,
    }


def _employment(row: Employment) -> dict[str, Any]:
    return {
        "organisation": row.agency.name,
        "how": row.get_kind_display(),
        "job": row.job_title,
        "employee_number": row.employee_number,
        "manager": row.manager_name,
        "manager_email": row.manager_email,
        "first_day": row.first_day.isoformat(),
        "last_day": row.last_day.isoformat() if row.last_day else None,
        "standing": row.get_standing_display(),
    }


def _role(row: RoleGrant) -> dict[str, Any]:
    return {
        "role": row.get_role_display(),
        "organisation": row.agency.name if row.agency else None,
        "first_day": row.first_day.isoformat(),
        "last_day": row.last_day.isoformat() if row.last_day else None,
        "why": row.reason,
    }


def _claims(person: Person) -> list[IdentityClaim]:
    rows = IdentityClaim.objects.filter(newcomer=person) | IdentityClaim.objects.filter(known=person)
    return list(rows.order_by("made_at"))


def _claim(row: IdentityClaim) -> dict[str, Any]:
    return {
        "asked_at": row.made_at.isoformat(),
        "answer": row.get_outcome_display() or "not answered yet",
        "answered_at": row.settled_at.isoformat() if row.settled_at else None,
    }


def _message(row: Message) -> dict[str, Any]:
    return {
        "subject": row.subject,
        "to": row.goes_to,
        "written_at": row.created_at.isoformat(),
        "state": row.get_state_display(),
    }
