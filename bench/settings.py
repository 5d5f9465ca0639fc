"""Production's settings with one page more: see `bench/constant.py`."""

from training.config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
