"""Writing down what reviews recommend, and closing a recommendation when somebody has seen practice change."""

import datetime
from collections.abc import Sequence

from django.db import transaction

from training.governance.errors import GovernanceError
from training.governance.models import Decision, Recommendation, Review
from training.people.models import User
from training.people.permissions import Permission
from training.web.when import london_day

# What closes no recommendation: an inspector asks what changed, not what was put on.
ONLY_TRAINING = "Training that was delivered closes no recommendation. Say what was seen in practice, by whom and when."
SHORTEST = 40


def _require(by: User) -> None:
    if by.person is None or not by.may(Permission.KEEP_MINUTES):
        raise GovernanceError("Only a coordinator writes down reviews and what they recommend.")


@transaction.atomic
def record_review(
    *, title: str, kind: str, published_on: datetime.date, recommendations: Sequence[str], by: User
) -> Review:
    """A review with its recommendations in order. One of that title again gets those that it lacks."""
    _require(by)
    if not (name := " ".join(title.split())):
        raise GovernanceError("Enter the title of the review.")
    review, _ = Review.objects.get_or_create(title=name, defaults={"kind": kind, "published_on": published_on})
    held = list(review.recommendations.order_by("number"))
    known = {one.text for one in held}
    texts = dict.fromkeys(text for line in recommendations if (text := " ".join(line.split())) and text not in known)
    first = held[-1].number + 1 if held else 1
    Recommendation.objects.bulk_create(
        Recommendation(review=review, number=number, text=text) for number, text in enumerate(texts, first)
    )
    return review


@transaction.atomic
def close_recommendation(
    *, recommendation: Recommendation, decision: Decision, what_was_seen: str, by: User, now: datetime.datetime
) -> Recommendation:
    """With a meeting's decision and what was seen in practice. A second click changes nothing."""
    _require(by)
    locked = Recommendation.objects.select_for_update().get(pk=recommendation.pk)
    if locked.closed_on is not None:
        return locked
    text = " ".join(what_was_seen.split())
    if len(text) < SHORTEST:
        raise GovernanceError(ONLY_TRAINING)
    locked.closed_on, locked.closed_by = london_day(now), by.person
    locked.decision, locked.what_was_seen = decision, text
    locked.revision += 1
    locked.save()
    return locked
