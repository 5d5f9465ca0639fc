from celery import shared_task
from django.utils import timezone

from training.programme.actions import demand


@shared_task
def tell_interested() -> int:
    return demand.tell_interested(now=timezone.now())
