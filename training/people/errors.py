class PeopleError(Exception):
    """An action of this app refuses; the message is a sentence for the person who tried."""


class StaleError(PeopleError):
    """Somebody else changed the row since its page was opened; `revision` is the row's own now."""

    def __init__(self, sentence: str, *, revision: int) -> None:
        super().__init__(sentence)
        self.revision = revision
