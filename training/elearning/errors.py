class ElearningError(Exception):
    """An action of this app refuses; the message is a sentence for the person who tried."""
