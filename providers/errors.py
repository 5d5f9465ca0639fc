class ProvidersError(Exception):
    """An action of this app refuses; the message is a sentence for the person who tried."""


class StaleError(ProvidersError):
    """Somebody else changed the row since its page was opened; `revision` is the row's own now."""

    def __init__(self, what: str, *, revision: int) -> None:
        super().__init__(
            f"Somebody else changed this {what} while this page was open. Check what it says now and save again."
        )
        self.revision = revision
