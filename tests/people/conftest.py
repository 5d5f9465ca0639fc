from collections.abc import Iterator

import pytest
from django.test import override_settings


@pytest.fixture
def no_second_factor() -> Iterator[None]:
    """For tests of pages whose roles must set one up first; that they must is tested with signing in."""
    with override_settings(SECOND_FACTOR_ROLES=[]):
        yield
