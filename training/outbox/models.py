"""Messages to people: written in the transaction of the change they tell of, delivered by a worker.

`docs/states.md` draws the states. A message knows an address and a person's reference and
nothing else of the apps above.
"""

import datetime
import hashlib
from email.utils import make_msgid
from typing import Self

from django.db import models
from django.db.models import F, Q

from training.web.references import new_reference

MESSAGE_ID_DOMAIN = "muster.invalid"


def new_message_id() -> str:
    """The Message-ID header of one message, the same for every attempt to send it."""
    return make_msgid(domain=MESSAGE_ID_DOMAIN)


class State(models.TextChoices):
    PENDING = "pending", "Waiting to be sent"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    UNCERTAIN = "uncertain", "May have been sent; will be sent again"
    FAILED = "failed", "Could not be sent"
    EXPIRED = "expired", "Too late to be of use; not tried again"
    RETURNED = "returned", "Came back: it reached nobody"


TRANSITIONS: dict[State, frozenset[State]] = {
    State.PENDING: frozenset({State.SENDING, State.EXPIRED}),
    State.SENDING: frozenset({State.SENT, State.PENDING, State.UNCERTAIN, State.FAILED}),
    # The same Message-ID goes out again, so that a mail server may drop the second copy.
    State.UNCERTAIN: frozenset({State.SENDING, State.EXPIRED, State.FAILED, State.RETURNED}),
    State.FAILED: frozenset({State.PENDING}),
    # What was sent is sent again as a copy; the message itself stays what it became.
    State.SENT: frozenset({State.RETURNED}),
    State.EXPIRED: frozenset({State.PENDING}),
    State.RETURNED: frozenset(),
}


# What a coordinator looks at: nobody knows whether its reader has it.
TROUBLE = (State.FAILED, State.UNCERTAIN, State.RETURNED)


class MessageQuerySet(models.QuerySet["Message"]):
    def due(self, now: datetime.datetime) -> Self:
        """To be tried now: waiting long enough, or claimed by a worker whose time is over."""
        return self.filter(
            Q(state__in=(State.PENDING, State.UNCERTAIN), next_attempt_at__lte=now)
            | Q(state=State.SENDING, leased_until__lt=now)
        )

    def waiting(self) -> Self:
        """Will be tried, or is being tried."""
        return self.filter(state__in=(State.PENDING, State.SENDING, State.UNCERTAIN))

    def over(self) -> Self:
        return self.filter(state__in=(State.SENT, State.FAILED, State.EXPIRED, State.RETURNED))

    def failed_secrets(self, now: datetime.datetime) -> Self:
        """Personal links and codes that never went out and have run out by now."""
        return self.filter(state=State.FAILED, has_secret=True, expires_at__lte=now).exclude(text="")

    def in_trouble(self) -> Self:
        return self.filter(state__in=TROUBLE)


class Message(models.Model):
    """One message to one address or number. `key` names the change it tells of: the same change never posts twice."""

    reference = models.CharField(max_length=8, unique=True, default=new_reference, editable=False)
    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=80, help_text="App and message, such as people.role_granted.")
    message_id = models.CharField(max_length=120, unique=True, default=new_message_id, editable=False)
    # One of the two: a text message goes to a number.
    to_address = models.EmailField(blank=True)
    to_number = models.CharField(max_length=20, blank=True, default="", db_default="")
    to_name = models.CharField(max_length=120, blank=True)
    person_reference = models.CharField(max_length=8, blank=True, db_index=True)
    sender = models.CharField(max_length=200)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    # An iCalendar object and its METHOD (REQUEST, CANCEL), for invitations (RFC 6047).
    calendar = models.TextField(blank=True)
    calendar_method = models.CharField(max_length=10, blank=True)
    # Where one click in the reader's mail program stops messages of this kind (RFC 8058).
    unsubscribe_url = models.URLField(max_length=300, blank=True)
    # Holds a personal link or a code: the text is blanked once it is delivered, and shown on no page.
    has_secret = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    created_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField()
    # A sign-in code that is an hour old helps nobody.
    expires_at = models.DateTimeField(null=True, blank=True)
    attempts_made = models.PositiveSmallIntegerField(default=0)
    # Those made before somebody sent it again: it then has all its tries anew.
    attempts_forgiven = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="message_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=State.SENDING, leased_until__isnull=False)
                | (~Q(state=State.SENDING) & Q(leased_until__isnull=True)),
                name="message_being_sent_has_a_lease",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.SENT) | Q(sent_at__isnull=False), name="message_sent_has_a_time"
            ),
            models.CheckConstraint(
                condition=Q(calendar="", calendar_method="") | (~Q(calendar="") & ~Q(calendar_method="")),
                name="message_calendar_has_a_method",
            ),
            models.CheckConstraint(
                condition=Q(to_number="") & ~Q(to_address="")
                | ~Q(to_number="") & Q(to_address="", html="", calendar="", has_secret=False),
                name="message_goes_to_one_place",
            ),
        ]
        indexes = [
            models.Index(
                F("next_attempt_at"),
                condition=Q(state__in=(State.PENDING, State.UNCERTAIN, State.SENDING)),
                name="message_waiting",
            ),
            models.Index(fields=["-created_at"], name="message_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.goes_to}"

    @property
    def goes_to(self) -> str:
        return self.to_address or self.to_number

    @property
    def tries_made(self) -> int:
        return self.attempts_made - self.attempts_forgiven

    def move_to(self, state: State) -> None:
        """Change the state in memory; a step that `TRANSITIONS` lacks is a fault of the program."""
        if state not in TRANSITIONS[State(self.state)]:
            raise ValueError(f"a message that is {self.state} cannot become {state}")
        self.state = state


class Attempt(models.Model):
    """One try to deliver a message: when, and what the mail server said."""

    class Outcome(models.TextChoices):
        UNFINISHED = "unfinished", "Not known: the worker stopped"
        ACCEPTED = "accepted", "The mail server took it"
        UNCERTAIN = "uncertain", "The mail server broke off after it had the text"
        PUT_OFF = "put_off", "To be tried again"
        REFUSED = "refused", "Refused for good"

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome, default=Outcome.UNFINISHED)
    detail = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["message", "number"], name="attempt_number_once")]

    def __str__(self) -> str:
        return f"{self.message_id}/{self.number}: {self.outcome}"


class IncomingMail(models.Model):
    """A mail that Muster understood: one that came back, or what a calendar answered to an invitation.

    Of an answer only what it says is kept, until the app whose invitation it was has read it (`read_at`).
    """

    class Kind(models.TextChoices):
        RETURNED = "returned", "A message came back"
        ANSWERED = "answered", "A calendar answered"

    mail_id = models.CharField(max_length=250, unique=True)
    kind = models.CharField(max_length=8, choices=Kind)
    arrived_at = models.DateTimeField()
    about = models.ForeignKey(Message, null=True, blank=True, on_delete=models.CASCADE, related_name="returns")
    code = models.CharField(max_length=12, blank=True)
    words = models.CharField(max_length=300, blank=True)
    uid = models.CharField(max_length=200, blank=True)
    answer = models.CharField(max_length=10, blank=True)
    address = models.CharField(max_length=254, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="returned", about__isnull=False) | (Q(kind="answered", about=None) & ~Q(uid="")),
                name="incoming_mail_is_about_something",
            ),
        ]
        indexes = [models.Index(fields=["arrived_at"], condition=Q(read_at=None), name="incoming_mail_unread")]

    def __str__(self) -> str:
        return self.get_kind_display()


class MailboxPlace(models.Model):
    """How far a mailbox has been read. A folder that was numbered anew is read from its start: mails are taken once."""

    mailbox = models.CharField(max_length=64, unique=True, help_text="A digest of its address, which holds a password.")
    validity = models.BigIntegerField()
    last_uid = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"read up to {self.last_uid}"

    @classmethod
    def of(cls, url: str, validity: int) -> "MailboxPlace":
        digest = hashlib.sha256(url.encode()).hexdigest()
        place, _ = cls.objects.get_or_create(mailbox=digest, defaults={"validity": validity})
        if place.validity != validity:
            place.validity, place.last_uid = validity, 0
            place.save()
        return place
