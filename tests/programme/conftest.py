import datetime

import pytest
from django.conf import LazySettings


@pytest.fixture(autouse=True)
def no_second_factor(settings: LazySettings) -> None:
    """That coordinators must set one up is tested with signing in."""
    settings.SECOND_FACTOR_ROLES = []


@pytest.fixture
def now() -> datetime.datetime:
    """A Monday in May in which the calendar has nothing special: ten in the morning in London."""
    return datetime.datetime(2027, 5, 10, 9, 0, tzinfo=datetime.UTC)
