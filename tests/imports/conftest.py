from pathlib import Path

import pytest

from tests.factories_catalogue import any_coordinator
from training.people.models import User

DATA = Path(__file__).resolve().parents[2] / "training" / "demo" / "data"


@pytest.fixture
def by(db: None) -> User:
    return any_coordinator()
