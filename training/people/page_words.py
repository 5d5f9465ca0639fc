"""Names of pages in words, for "who has looked at my record"."""

PAGES = {
    "people:person": "your record",
    "people:person-correct": "your contact details",
    "people:person-join": "your record, to join it with another",
    "people:person-history": "the history of your record",
    "evaluation:their-page": "your page as you see it",
    "record:person-record": "what you have done",
    "record:certificate-pdf": "one of your certificates",
}


def page_in_words(url_name: str) -> str:
    return PAGES.get(url_name, "your record")
