"""The page of states, `docs/states.md`: drawn from the tables that the program itself obeys.

A table is a module's `TRANSITIONS` (or `..._TRANSITIONS`) in an app's models: each state of a TextChoices class
and the set of those that may follow it.
"""

import pkgutil
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType

from django.apps import AppConfig, apps
from django.conf import settings
from django.db.models import TextChoices

HEAD = """# States

Written by `manage.py write_states` from the `TRANSITIONS` tables beside the models; a test keeps it fresh. A step
that is not drawn here is refused.
"""


@dataclass(frozen=True)
class StateTable:
    """`name` is the app and the class of its states, such as `outbox: State`."""

    name: str
    steps: Mapping[TextChoices, Set[TextChoices]]


def states_page() -> str:
    """The whole page, as Markdown with Mermaid diagrams."""
    return "\n".join([HEAD, *(_section(table) for table in state_tables())])


def state_tables() -> list[StateTable]:
    """Every table of every app, the lowest app first."""
    configs = {config.name: config for config in apps.get_app_configs()}
    return [table for layer in settings.LAYERS for table in _tables_of(configs[layer])]


def _tables_of(config: AppConfig) -> Iterator[StateTable]:
    seen: set[str] = set()
    for module in _model_modules(config):
        for name, value in sorted(vars(module).items()):
            if name == "TRANSITIONS" or name.endswith("_TRANSITIONS"):
                table = StateTable(f"{config.label}: {type(next(iter(value))).__qualname__}", value)
                if table.name not in seen:  # a package may hand on the tables of its modules
                    seen.add(table.name)
                    yield table


def _model_modules(config: AppConfig) -> Iterator[ModuleType]:
    if config.models_module is None:
        return
    yield config.models_module
    for found in pkgutil.iter_modules(getattr(config.models_module, "__path__", [])):
        yield import_module(f"{config.models_module.__name__}.{found.name}")


def _section(table: StateTable) -> str:
    states = _in_order(set(table.steps))  # a table may be put together out of sets, which have no order
    arrows = [_arrow(state, after) for state in states for after in _in_order(table.steps[state])]
    ends = [f"    {state.value} --> [*]" for state in states if not table.steps[state]]
    words = [f"| {state.value} | {state.label} | {_words(table.steps[state])} |" for state in states]
    diagram = ["```mermaid", "stateDiagram-v2", f"    [*] --> {states[0].value}", *arrows, *ends, "```"]
    head = ["| state | in words | may become |", "|---|---|---|"]
    return "\n".join([f"## {table.name}", "", *diagram, "", *head, *words, ""])


def _arrow(state: TextChoices, after: TextChoices) -> str:
    return f"    {state.value} --> {after.value}"


def _in_order(states: Set[TextChoices]) -> list[TextChoices]:
    return sorted(states, key=list(type(next(iter(states)))).index) if states else []


def _words(states: Set[TextChoices]) -> str:
    return ", ".join(state.value for state in _in_order(states)) or "–"
