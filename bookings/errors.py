from collections.abc import Sequence

from training.web.reasons import Reason, as_sentence


class BookingsError(Exception):
    """An action of this app refuses; the message is a sentence for the person who tried.

    `reasons` are the same as data, where the refusal comes from a rule that a page shows too.
    """

    def __init__(self, sentence: str = "", *, reasons: Sequence[Reason] = ()) -> None:
        super().__init__(sentence or as_sentence(reasons))
        self.reasons = tuple(reasons)
