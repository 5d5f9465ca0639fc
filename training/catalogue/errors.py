class CatalogueError(Exception):
    """An action of this app refuses; the message is a sentence for the person who tried.

    `field` names the field of a form that it is about, where there is one.
    """

    def __init__(self, sentence: str, *, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class StaleError(CatalogueError):
    """Somebody else changed the row since its page was opened; `revision` is the row's own now."""

    def __init__(self, what: str, *, revision: int) -> None:
        super().__init__(f"Somebody else changed this {what} while this page was open.")
        self.revision = revision
