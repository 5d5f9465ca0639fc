"""What a group hopes to learn, for its trainers: screened words, mixed, in batches that never change."""

from dataclasses import dataclass
from datetime import date

from evaluation.models import Comment, Stage
from training.catalogue.models import Event

HOPE = "hope"
DECIDED = (Comment.State.CLEARED, Comment.State.QUOTABLE, Comment.State.WITHHELD)


@dataclass(frozen=True)
class Hopes:
    """`texts` in the order of their random ids, which says nothing about who or when."""

    texts: tuple[str, ...]


def load_hopes(event: Event, today: date, below: int) -> Hopes:
    """One query. Trainers know who booked late, and may look every day: no text may come by itself.

    So answers are taken in the order of their days, those of today left out, in batches of `below`, and a batch is
    shown once all of it is screened, with all batches before it. Whoever looks twice sees none, or so many more that
    each of them may be any of `below` people's.
    """
    rows = Comment.objects.filter(
        question__code=HOPE, response__event=event, response__stage=Stage.BASELINE, response__on__lt=today
    )
    written = list(rows.order_by("response__on", "pk"))
    shown: list[Comment] = []
    for start in range(0, len(written) - below + 1, below):
        batch = written[start : start + below]
        if any(comment.state not in DECIDED for comment in batch):
            break
        shown += batch
    readable = [comment for comment in shown if comment.state != Comment.State.WITHHELD]
    return Hopes(tuple(comment.cleared_text for comment in sorted(readable, key=lambda comment: comment.pk)))
