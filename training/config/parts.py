"""The few calls that go out to every app, in layer order.

A lower app must not import an upper one, yet a person's home page shows what is due in
all of them. So each app may have a `parts.py`, named in `settings.PARTS`, holding some of
the functions of `HOOKS`. They are called in that order and exceptions propagate: a part
that is broken is a broken page, not a page that silently shows less.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from importlib import import_module
from random import Random
from typing import TYPE_CHECKING, Any, Literal, Protocol

from django.conf import settings

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

Hook = Literal["todos", "panels", "search", "agenda", "move_person", "export_person", "erase_person", "load_demo"]
HOOKS: tuple[Hook, ...] = (
    "todos",
    "panels",
    "search",
    "agenda",
    "move_person",
    "export_person",
    "erase_person",
    "load_demo",
)


@dataclass(frozen=True)
class Todo:
    """One thing that waits for this person, as a row they can act on.

    `weight` orders rows of different apps: 0 is somebody's safety, 10 today, 20 this week,
    30 when there is time.
    """

    sentence: str
    url: str
    action: str
    weight: int = 30
    minutes: int | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class Panel:
    """A block of somebody's home page: a template and what it needs. Lower `weight` comes first."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    weight: int = 30


@dataclass(frozen=True)
class SearchHit:
    """One answer of the search box: `kind` is the word printed before the title."""

    kind: str
    title: str
    detail: str
    url: str


@dataclass(frozen=True)
class AgendaPoint:
    """Something that waits for a body's decision. `asked` is the question, `url` where it is read and decided.

    `body` is a kind of `governance.models.Body`; `key` tells points apart and stays while the point waits.
    """

    key: str
    body: str
    subject: str
    asked: str
    url: str
    due_on: date | None = None


class Demo(Protocol):
    """What the demonstration hands to each app's `load_demo`.

    Everything current is worked out from `today`; history is absolute, from the files. The same `today`
    gives the same partnership, so chance comes from `rng` alone.
    """

    today: date
    now: datetime
    password: str

    def rng(self, part: str) -> Random:
        """Chance for one part, its own: what another part draws does not change it."""
        ...

    def rows(self, name: str) -> list[dict[str, str]]:
        """A CSV file of the demonstration's data folder."""
        ...

    def insert(self, what: str, rows: Sequence[Any]) -> None:
        """Write many rows of one model, with the progress bar; each has its primary key afterwards."""
        ...

    def step(self, what: str) -> AbstractContextManager[Callable[[int], None]]:
        """Name what is being done; call what it gives with the number of rows done."""
        ...

    def cast(self, part: str, person: Any) -> None:
        """Remember who plays a part: an account's name such as `trainer`, or a trainer's own name."""
        ...

    def person(self, part: str) -> Any:
        """Who plays that part. Raises KeyError when nobody does."""
        ...

    def keep(self, key: str, thing: Any) -> None:
        """Leave something for the apps that come later, under `<app>.<word>`."""
        ...

    def kept(self, key: str) -> Any:
        """What an earlier app has left. Raises KeyError when none has."""
        ...


def todos(user: "AbstractBaseUser", now: datetime) -> list[Todo]:
    """What waits for this person in every app, most urgent first."""
    rows = [todo for answer in _functions("todos") for todo in answer(user, now)]
    return sorted(rows, key=lambda todo: (todo.weight, todo.due_on or date.max))


def panels(user: "AbstractBaseUser", now: datetime) -> list[Panel]:
    """The blocks of this person's home page, from every app."""
    rows = [panel for answer in _functions("panels") for panel in answer(user, now)]
    return sorted(rows, key=lambda panel: panel.weight)


def search(user: "AbstractBaseUser", text: str) -> list[SearchHit]:
    """What this person may find under these words, in every app."""
    return [hit for answer in _functions("search") for hit in answer(user, text)]


def agenda(body: str, now: datetime) -> list[AgendaPoint]:
    """What waits for the decision of a body of this kind in every app, the most pressing first."""
    points = [point for answer in _functions("agenda") for point in answer(body, now)]
    return sorted(points, key=lambda point: (point.due_on or date.max, point.subject))


def move_person(source: Any, target: Any, *, by: Any, now: datetime) -> None:
    """Give all rows of the person `source` to `target`; both are locked by the caller."""
    for move in _functions("move_person"):
        move(source, target, by=by, now=now)


def export_person(person: Any) -> dict[str, Any]:
    """Everything held about a person, one entry an app, as plain JSON values."""
    gathered: dict[str, Any] = {}
    for export in _functions("export_person"):
        gathered |= export(person)
    return gathered


def erase_person(person: Any, *, by: Any, now: datetime) -> None:
    """Remove what identifies a person and may be removed, in every app, the highest first."""
    for erase in reversed(list(_functions("erase_person"))):
        erase(person, by=by, now=now)


def load_demo(demo: Demo) -> None:
    """Build the demonstration partnership, the lowest app first."""
    for load in _functions("load_demo"):
        load(demo)


def _functions(hook: Hook) -> Iterator[Callable[..., Any]]:
    for dotted in settings.PARTS:
        function = getattr(import_module(dotted), hook, None)
        if function is not None:
            yield function
