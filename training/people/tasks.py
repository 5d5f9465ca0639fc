from celery import shared_task
from django.utils import timezone

from training.people.actions import uploads


@shared_task
def forget_uploads() -> int:
    return uploads.forget_uploads(now=timezone.now())
