from pathlib import Path

import pytest
from django.conf import settings

from tests.outbox.making import NOW, make_message
from training.outbox.models import TRANSITIONS, State
from training.web.states import state_tables, states_page


def test_states_page_is_fresh() -> None:
    """If not: `manage.py write_states`."""
    assert Path(settings.BASE_DIR, "docs", "states.md").read_text(encoding="utf-8") == states_page()


def test_states_page_has_every_table_and_every_state() -> None:
    assert "outbox: State" in [table.name for table in state_tables()]
    for table in state_tables():
        states = set(type(next(iter(table.steps))))
        assert set(table.steps) == states, f"{table.name} leaves out a state"


@pytest.mark.django_db
@pytest.mark.parametrize("to", State)
@pytest.mark.parametrize("start", State)
def test_move_to_follows_the_table(start: State, to: State) -> None:
    message = make_message(now=NOW)
    message.state = start

    if to in TRANSITIONS[start]:
        message.move_to(to)
        assert message.state == to
    else:
        with pytest.raises(ValueError, match=f"a message that is {start} cannot become {to}"):
            message.move_to(to)
