from collections.abc import Iterator

import pytest
import time_machine
from django.conf import LazySettings

from tests.bookings.registering import AT_DOOR


@pytest.fixture(autouse=True)
def no_second_factor(settings: LazySettings) -> None:
    """That coordinators must set one up is tested with signing in."""
    settings.SECOND_FACTOR_ROLES = []


@pytest.fixture
def at_the_door() -> Iterator[None]:
    """It is 9:20 on the day of the registers of `registering.py`."""
    with time_machine.travel(AT_DOOR, tick=False):
        yield
