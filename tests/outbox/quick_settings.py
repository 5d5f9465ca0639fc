"""The product's settings with a clock that does not keep tests waiting."""

from training.config.settings import *  # noqa: F403
from training.config.settings import CELERY_BEAT_SCHEDULE

CELERY_BEAT_SCHEDULE["training.outbox.tasks.sweep_outbox"]["schedule"] = 1.0
