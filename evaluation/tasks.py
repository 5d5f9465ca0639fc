"""What the clock starts: see CELERY_BEAT_SCHEDULE. Each is safe to run twice, and by two workers at once."""

from celery import shared_task
from django.utils import timezone

from evaluation.actions import asking, asking_managers, assessing, chasing, posting, reminding_managers, taking_out


@shared_task
def plan_asking() -> int:
    return asking.plan_asking(now=timezone.now())


@shared_task
def post_invitations() -> int:
    return posting.post_due(now=timezone.now())


@shared_task
def remind_people() -> int:
    return posting.remind_all(now=timezone.now())


@shared_task
def ask_managers() -> int:
    return asking_managers.ask_managers(now=timezone.now())


@shared_task
def remind_managers() -> int:
    return reminding_managers.remind_managers(now=timezone.now())


@shared_task
def forget_managers() -> int:
    return asking_managers.forget_managers(now=timezone.now())


@shared_task
def note_answered() -> int:
    return posting.note_answered(today=timezone.localdate())


@shared_task
def chase_concerns() -> int:
    return chasing.chase_concerns(now=timezone.now())


@shared_task
def assess_providers() -> int:
    return assessing.assess_settled_quarter(now=timezone.now())


@shared_task
def write_take_outs() -> int:
    return taking_out.write_take_outs(now=timezone.now())


@shared_task
def forget_take_outs() -> int:
    return taking_out.forget_take_outs(now=timezone.now())
