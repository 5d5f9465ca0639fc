"""What the board says: every suggestion with its whole sum, and the page on which it is done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from bookings.board.reading import Board, Line
from bookings.board.sums import BoardDate, Demand, Kind, Suggestion, Term, What
from bookings.places.mix import mix_over
from training.programme.forms.programmes import title_of
from training.programme.models import Programme
from training.web.components import Cell, Column, NavItem, Table
from training.web.downloads import Sheet
from training.web.periods import Period
from training.web.words import count, day, of

# One and several.
TERMS = {
    What.BEFORE: ("left over from the quarter before", "left over from the quarter before"),
    What.WAITING: ("waiting", "waiting"),
    What.INTERESTED: ("asked to be told", "asked to be told"),
    What.DUE: ("due for a refresher", "due for a refresher"),
    What.FREE: ("free place", "free places"),
    What.DRAFTS: ("place on a draft", "places on drafts"),
    What.PLANNED: ("planned", "planned"),
    What.SCHEDULED: ("scheduled", "scheduled"),
    What.ADDED: ("suggested above", "suggested above"),
    What.NEEDED: ("needed to run", "needed to run"),
    What.BOOKED: ("booked", "booked"),
}
IN_ORDER = (Kind.PULL, Kind.MERGE, Kind.FILL, Kind.ADD, Kind.OPEN, Kind.SCHEDULE)
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TAGS = {
    Kind.ADD: ("Add", "blue"),
    Kind.OPEN: ("Open", "blue"),
    Kind.SCHEDULE: ("Put on", "blue"),
    Kind.FILL: ("Fill", "yellow"),
    Kind.MERGE: ("Pull or merge", "red"),
    Kind.PULL: ("Run or pull", "red"),
}


def sum_words(terms: Sequence[Term]) -> str:
    """ "14 waiting + 6 asked to be told − 8 free places = 12". Free places left over are places, not people."""
    parts = []
    for place, term in enumerate(terms):
        one, several = TERMS[term.what]
        if term.what == What.BEFORE and term.number < 0:
            one, several = "place left over from the quarter before", "places left over from the quarter before"
        number = abs(term.number)
        sign = ("− " if term.number < 0 else "") if place == 0 else ("− " if term.number < 0 else "+ ")
        parts.append(f"{sign}{number} {one if number == 1 else several}")
    return f"{' '.join(parts)} = {sum(term.number for term in terms)}".replace("= -", "= −")


def sentence_of(one: Suggestion) -> str:
    sums, date = sum_words(one.terms), one.date
    if one.kind == Kind.ADD:
        return f"Add {_dates(one.dates)}: {sums}; a date holds {one.usual.places}."
    if one.kind == Kind.SCHEDULE:
        return f"Put on {_dates(one.dates)} as planned: {sums}."
    assert date is not None  # noqa: S101 - the other kinds are about a date
    if one.kind == Kind.OPEN:
        has = count(date.places, "place")
        return f"Open the draft for {day(date.starts_on)} ({date.reference}): {sums}; it has {has}."
    booked = f"{of(date.booked, date.places)} booked, {count(date.working_days, 'working day')} off"
    if one.kind == Kind.FILL:
        return f"Fill the {_named(date)}: {booked}; {sums} more to run, and as many want a place on this course."
    if one.kind == Kind.MERGE and one.other is not None:
        free = count(one.other.free, "free place")
        return f"Pull or merge the {_named(date)}: {booked}; {sums} too few. The {_named(one.other)} has {free}."
    elsewhere = f" The {_named(one.other)} comes next." if one.other else " No later date has room for them."
    return f"Run or pull the {_named(date)}: {booked}; {sums} too few.{elsewhere if date.booked else ''}"


def _dates(number: int) -> str:
    words = NUMBERS[number] if number < len(NUMBERS) else str(number)
    return f"{words} date{'' if number == 1 else 's'}"


def _named(date: BoardDate) -> str:
    return f"date on {day(date.starts_on)} ({date.reference})"


@dataclass(frozen=True)
class Advised:
    """A suggestion as the page shows it. `links` lead to the form that does it."""

    title: str
    code: str
    tag: str
    colour: str
    sentence: str
    links: Sequence[NavItem]


def advised(board: Board, *, plans: bool) -> list[Advised]:
    """What has the shortest time first, what is only as planned last. Links are for those who plan; others read."""
    pairs = [(line, one) for line in board.lines if line.advice for one in line.advice.suggestions]
    pairs.sort(key=lambda pair: IN_ORDER.index(pair[1].kind))
    return [
        Advised(
            title_of(line.course),
            line.course.code,
            *TAGS[one.kind],
            sentence_of(one),
            _links(board, line, one) if plans else [],
        )
        for line, one in pairs
    ]


def _links(board: Board, line: Line, one: Suggestion) -> list[NavItem]:
    code, date = line.course.code, one.date
    if date is None:
        add = f"{reverse('desk:date-add')}?{urlencode({'course': code, 'from': one.quarter.isoformat()})}"
        links = [NavItem("Add a date", add)]
        if one.beyond_plan and board.programme is not None:
            links.append(NavItem("Amend the programme", _amend(board.programme, code)))
        return links
    page = reverse("desk:date", args=[date.reference])
    if one.kind == Kind.OPEN:
        return [NavItem("Open it for booking", page)]
    people = reverse("bookings:event-people", args=[date.reference])
    return [NavItem("Who is booked", people), NavItem("The date", page)]


def _amend(programme: Programme, code: str) -> str:
    """For a draft there is nothing to amend: the plan itself is changed."""
    if programme.is_draft:
        return reverse("programme:programme-course", args=[programme.reference, code])
    return f"{reverse('programme:programme-amend', args=[programme.reference])}?{urlencode({'course': code})}"


def state_words(line: Line) -> str:
    """What is the matter with a course in a quarter, in words."""
    if line.advice is None:
        return "–"
    said = []
    if line.demand is not None and line.advice.lacking > 0:
        said.append(f"{count(line.advice.lacking, 'person', 'people')} more than places")
    thin = sum(date.is_thin for date in line.advice.square.dates)
    if thin:
        said.append(f"{count(thin, 'date')} may run empty")
    if (missing := line.planned - line.scheduled) > 0:
        said.append(f"{missing} planned, not put on")
    return "; ".join(said).capitalize() or "Enough"


HEADINGS = ("Planned", "Put on", "Places", "Booked")
PEOPLE = ("Waiting", "Asked", "Due")


def _labels(board: Board) -> list[str]:
    came = ["Came"] if board.sees_people else []
    return [*HEADINGS, *(PEOPLE if board.sees_people else ()), "Ran", *came]


def _numbers(line: Line) -> list[int]:
    demand = line.demand
    people = [] if demand is None else [demand.waiting, demand.interested, demand.due]
    came = [] if line.came is None else [line.came]
    return [line.planned, line.scheduled, line.places, line.booked, *people, line.ran, *came]


def board_table(board: Board, lines: Iterable[Line]) -> Table:
    """Narrower than the file: who wants a place and who came stand beneath their numbers."""
    wanted = ["Want a place"] if board.sees_people else []
    labels = [*HEADINGS, *wanted, "Ran"]
    columns = [Column("Course"), *(Column(label, is_numeric=True) for label in labels), Column("How it stands")]
    rows = [
        [
            Cell(title_of(line.course), hint=line.course.code),
            *(line.planned, line.scheduled, line.places, line.booked),
            *([_wanted(line.demand)] if line.demand is not None else []),
            Cell(line.ran, hint=f"{line.came} came") if line.ran and line.came is not None else line.ran,
            state_words(line),
        ]
        for line in lines
    ]
    return Table(f"Courses in {board.quarter.title}", columns, rows, is_caption_hidden=True)


def _wanted(demand: Demand) -> Cell:
    parts = ((demand.waiting, "waiting"), (demand.interested, "asked"), (demand.due, "due"))
    return Cell(demand.people, hint=", ".join(f"{number} {word}" for number, word in parts if number))


def board_sheets(board: Board) -> list[Sheet]:
    """The board, and the suggestions with their sums."""
    quarter = board.quarter.key
    rows = [
        [quarter, line.course.code, title_of(line.course), *_numbers(line), state_words(line)] for line in board.lines
    ]
    said = [[quarter, one.code, one.title, one.tag, one.sentence] for one in advised(board, plans=False)]
    return [
        Sheet("Board", ["Quarter", "Code", "Course", *_labels(board), "How it stands"], rows),
        Sheet("What to do next", ["Quarter", "Code", "Course", "What", "Why"], said),
        *([_mix_sheet(board)] if board.sees_people else []),
    ]


def mix_words(board: Board) -> str:
    """ "4.3 of 9 sectors in the room on average; four or more on 5 of 7 dates": of the dates with anybody in them."""
    spread = mix_over(mix for _, mix in board.rooms)
    return f"{spread}; {spread.mixed_in_words}." if spread.rooms else ""


def _mix_sheet(board: Board) -> Sheet:
    columns = ["Date", "Starts", "Code", "Sectors in the room", "Of", "Which", "Nobody from"]
    codes = {line.course.pk: line.course.code for line in board.lines}
    rows = [
        [
            event.reference,
            event.starts_at,
            codes.get(event.version.course_id, ""),
            len(mix.present),
            len(mix.known),
            mix.present_in_words,
            mix.absent_in_words,
        ]
        for event, mix in board.rooms
    ]
    return Sheet("Sectors in the room", columns, rows)


def quarter_tabs(board: Board, shown: Sequence[Period]) -> list[NavItem]:
    return [_tab(board, one) for one in shown]


def _tab(board: Board, one: Period) -> NavItem:
    number = board.suggested.get(one.starts_on, 0)
    label = f"{one.title} ({number})" if number else one.title
    return NavItem(label, f"{reverse('bookings:board')}?quarter={one.key}", one == board.quarter)
