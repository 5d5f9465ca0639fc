"""Managers who were asked once a month: answered for all, for some, for nobody yet; their examples at every stage."""

import datetime
import uuid
from collections import defaultdict
from random import Random

from evaluation.actions.evidence import EvidenceText, approve_evidence, draft_evidence
from evaluation.demo.invitations import Person
from evaluation.links import manager_token_of
from evaluation.managers import digest_day
from evaluation.models import Comment, CommentStep, EvidenceItem, ManagerConfirmation, ManagerDigest, Stage
from evaluation.timing import in_the_morning, manager_reminder_day
from training.config.parts import Demo
from training.web.references import ALPHABET
from training.web.tokens import hash_token
from training.web.when import london_day

DAY = datetime.timedelta(days=1)
MONTHS, OPEN_DAYS, READ_AFTER = 12, 28, 21
State = ManagerConfirmation.State
ANSWERS, WEIGHTS = (State.SAW_CHANGE, State.NOT_YET, State.DOES_NOT_KNOW, State.NOT_THEIRS), (45, 25, 26, 4)
# How many of the managers answer for all of their people, how many for some; an example with every second change.
FOR_ALL, FOR_SOME, WITH_EXAMPLE = 0.5, 0.2, 0.5


def ask_the_managers(demo: Demo, people: list[Person]) -> None:
    """The digests of the last year, as the clock would have sent them."""
    writer = _Writer(demo)
    for (address, month), managed in sorted(_by_digest(demo, people).items()):
        writer.digest(address, month, managed)
    _remind(demo, writer)
    demo.insert("Managers asked", writer.digests)
    for row in writer.confirmations:
        row.digest_id = row.digest.pk
    demo.insert("People they were asked about", writer.confirmations)
    demo.insert("Managers’ examples", writer.examples)
    demo.insert("Managers’ examples read", writer.steps)
    _write_one_up(demo)


def _by_digest(demo: Demo, people: list[Person]) -> dict[tuple[str, datetime.date], list[Person]]:
    days = [day for day in map(digest_day, _months(demo.today)) if day and day <= demo.today]
    found: dict[tuple[str, datetime.date], list[Person]] = defaultdict(list)
    for person in people:
        asked, address = person.invitations.get(Stage.FOLLOW_UP), person.booking.manager_email
        if asked is None or not address or not days or london_day(asked.due_at) <= days[0] - 31 * DAY:
            continue
        if day := next((day for day in days if london_day(asked.due_at) <= day), None):
            found[address, day].append(person)
    return found


def _months(today: datetime.date) -> list[datetime.date]:
    """The first days of the last months, the oldest first."""
    first = today.replace(day=1)
    months = [first]
    for _ in range(MONTHS - 1):
        first = (first - DAY).replace(day=1)
        months.append(first)
    return months[::-1]


def _remind(demo: Demo, writer: "_Writer") -> None:
    """Those who had not answered for everybody when the day of their one reminder came."""
    answered_on: dict[str, list[datetime.date | None]] = defaultdict(list)
    for row in writer.confirmations:
        answered_on[row.digest.reference].append(row.answered_on)
    for digest in writer.digests:
        day = manager_reminder_day(digest.posted_at, digest.closes_at)
        if day is None or day > demo.today:
            continue
        if any(on is None or on > day for on in answered_on[digest.reference]):
            digest.reminded_at = min(in_the_morning(day), demo.now)


class _Writer:
    def __init__(self, demo: Demo) -> None:
        self.digests: list[ManagerDigest] = []
        self.confirmations: list[ManagerConfirmation] = []
        self.examples: list[Comment] = []
        self.steps: list[CommentStep] = []
        self._demo = demo
        self._rng: Random = demo.rng("evaluation managers")
        self._texts = [row["text"] for row in demo.rows("said.csv") if row["code"] == "manager_saw"]
        self._coordinator = demo.person("coordinator")

    def digest(self, address: str, asked_on: datetime.date, people: list[Person]) -> None:
        reference = self._reference()
        posted_at = min(in_the_morning(asked_on), self._demo.now)
        digest = ManagerDigest(
            reference=reference,
            manager_email=address,
            manager_name=people[0].booking.manager_name,
            month=asked_on.replace(day=1),
            token_hash=hash_token(manager_token_of(reference)),
            posted_at=posted_at,
            closes_at=posted_at + OPEN_DAYS * DAY,
        )
        self.digests.append(digest)
        chance = self._rng.random()
        share = 1.0 if chance < FOR_ALL else 0.5 if chance < FOR_ALL + FOR_SOME else 0.0
        on = min(asked_on + DAY * self._rng.choice((0, 1, 2, 5)), self._demo.today)
        for person in people:
            self._confirmation(digest, person, on if self._rng.random() < share else None)

    def _confirmation(self, digest: ManagerDigest, person: Person, on: datetime.date | None) -> None:
        state = self._rng.choices(ANSWERS, WEIGHTS)[0] if on else State.ASKED
        self.confirmations.append(
            ManagerConfirmation(
                reference=self._reference(), digest=digest, booking=person.booking, state=state, answered_on=on
            )
        )
        if on and state == State.SAW_CHANGE and self._texts and self._rng.random() < WITH_EXAMPLE:
            self._example(person, on)

    def _example(self, person: Person, on: datetime.date) -> None:
        text, is_read = self._rng.choice(self._texts), on < self._demo.today - READ_AFTER * DAY
        chosen = self._rng.choice((Comment.State.CLEARED, Comment.State.QUOTABLE))
        comment = Comment(
            id=uuid.UUID(int=self._rng.getrandbits(128), version=4),
            origin=Comment.Origin.MANAGER,
            event=person.booking.event,
            on=on,
            text=text,
            cleared_text=text if is_read else "",
            state=chosen if is_read else Comment.State.UNSCREENED,
        )
        self.examples.append(comment)
        if is_read:
            at = in_the_morning(on + 5 * DAY)
            unread = Comment.State.UNSCREENED
            self.steps.append(CommentStep(comment=comment, was=unread, became=chosen, at=at, by=self._coordinator))

    def _reference(self) -> str:
        return "".join(self._rng.choices(ALPHABET, k=8))


def _write_one_up(demo: Demo) -> None:
    """The first example that may be quoted is evidence of grade B: written by one, graded by another."""
    quotable = Comment.objects.filter(origin=Comment.Origin.MANAGER, state=Comment.State.QUOTABLE)
    comment = quotable.select_related("event__version").order_by("on", "pk").first()
    if comment is None:
        return
    on = comment.written_on
    text = EvidenceText(
        claim="Practitioners speak with the other agencies before they refer",
        version=comment.about.version,
        source="A manager, asked about one of their people two months after the course.",
        grade=EvidenceItem.Grade.B,
        is_independent=True,
        period_starts_on=on - 60 * DAY,
        period_ends_on=on,
        after=comment.cleared_text[:200],
        what_else_changed="Nothing known",
        what_contradicts="Other managers answered “not yet”.",
    )
    now = demo.now - 2 * DAY
    item = draft_evidence(text=text, comment=comment, by=demo.person("coordinator").user, now=now)
    approve_evidence(item=item, revision=item.revision, by=demo.person("pdl").user, now=now + DAY)
