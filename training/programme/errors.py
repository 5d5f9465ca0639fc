class ProgrammeError(Exception):
    """An action of this app refuses; the message is a sentence for the person who tried."""


class StaleError(ProgrammeError):
    """Somebody else changed the programme since its page was opened; `revision` is the row's own now."""

    def __init__(self, *, revision: int) -> None:
        super().__init__("Somebody else changed this programme while this page was open.")
        self.revision = revision
