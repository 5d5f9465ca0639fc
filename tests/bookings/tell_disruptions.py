"""Run by a test in a process of its own, to be killed in the middle: write what is to be told of a suspension."""

import django

django.setup()

from django.utils import timezone  # noqa: E402

from bookings.disruption.telling import tell_disruptions  # noqa: E402

tell_disruptions(now=timezone.now())
