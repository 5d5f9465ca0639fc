"""Ids of taps: made on the page, so that the same tap sent twice is one mark."""

import uuid


def key_of_tap(key: uuid.UUID, *chosen: str) -> uuid.UUID:
    """The id of one mark, from the id of the row as it was drawn and what was chosen in it.

    Another choice in the same row, as after the browser's back button, is another mark.
    """
    return uuid.uuid5(key, "|".join(chosen))
