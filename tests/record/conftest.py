import pytest
from django.conf import LazySettings


@pytest.fixture(autouse=True)
def no_second_factor(settings: LazySettings) -> None:
    """That coordinators must set one up is tested with signing in."""
    settings.SECOND_FACTOR_ROLES = []
