import time

from celery import shared_task
from django.utils import timezone

from training.people.actions import uploads
from training.people.models import SignInTry


@shared_task
def forget_uploads() -> int:
    return uploads.forget_uploads(now=timezone.now())


@shared_task
def forget_tries() -> int:
    """What was counted while Redis was away, once its time is over."""
    return SignInTry.objects.expired(time.time()).delete()[0]
