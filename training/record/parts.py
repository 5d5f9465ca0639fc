"""What this app answers to the calls that go out to all: see `training/config/parts.py`."""

import datetime

from training.config.parts import Panel
from training.people.models import User
from training.record.panels import due_panels, own_panels
from training.record.person_records import export_person, move_person

__all__ = ["export_person", "move_person", "panels"]


def panels(user: User, now: datetime.datetime) -> list[Panel]:
    return [*own_panels(user.person, now), *due_panels(user, now)] if user.person else []
