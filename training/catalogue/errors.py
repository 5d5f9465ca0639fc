class CatalogueError(Exception):
    """An action of this app refuses; the message is a sentence for the person who tried."""


class StaleError(CatalogueError):
    """Somebody else changed the row since its page was opened; `revision` is the row's own now."""

    def __init__(self, what: str, *, revision: int) -> None:
        super().__init__(f"Somebody else changed this {what} while this page was open.")
        self.revision = revision
