"""Run by a test in a process of its own: write `sys.argv[1]` messages as a page would, and say how long that took."""

import sys
import time

import django

django.setup()

from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

import training.outbox.tasks  # noqa: E402, F401 - a web server that has been up for a while has it
from training.outbox.posting import Recipient, post_ready  # noqa: E402

with transaction.atomic():
    for number in range(int(sys.argv[1])):
        to = Recipient(f"ada{number}@bankside.example", "Ada Obi")
        post_ready("trial.note", key=f"{sys.argv[2]}/{number}", to=to, now=timezone.now(), subject="Hi", text="Hello")
    began = time.monotonic()
sys.stdout.write(f"{time.monotonic() - began}\n")
