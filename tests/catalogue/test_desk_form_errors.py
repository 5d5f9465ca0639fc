"""Where the summary of errors of a date's form leads."""

import pytest
from django.test import Client

from tests.catalogue.test_desk_forms import date_data, desk

__all__ = ["desk"]


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        (
            {"mode": "face_to_face", "room_limit": ""},
            "room_limit",
            "Enter how many the room holds, or choose a venue: then it is what the venue holds.",
        ),
        ({"room_limit": ""}, "room_limit", "Enter how many may come at most."),
        ({"places_offered": "21"}, "places_offered", "21 places are offered but the room holds 20. Offer fewer."),
        ({"minimum": "21"}, "minimum", "The fewest to run with, 21, is more than the 20 places offered."),
    ],
)
def test_refused_numbers_lead_to_their_field(desk: Client, changes: dict[str, str], field: str, sentence: str) -> None:
    content = desk.post("/desk/dates/add/", date_data(**changes)).content.decode()

    assert f'<li><a href="#id_{field}">{sentence}</a></li>' in content
    assert f'id="id_{field}"' in content
