"""Whatever is typed into the address, the catalogue answers."""

import pytest
from django.test import Client
from django.utils.http import urlencode
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.factories import make_partnership
from tests.factories_catalogue import make_course, make_event
from training.catalogue.finding.synonyms import load_standing_synonyms

NAMES = ["q", "mode", "level", "remit", "priority", "from", "to", "places", "sort", "page", "bogus", "cursor[]"]
NASTY = [
    *[":*", "a & b | !c <-> d", "'neglect':*A", "\\", "'; DROP TABLE course; --", "%", "_", "%00", "\x00", "(", "🙂"],
    *["\u202eتعليم\u202c", "עברית", "ﬁ", "İ", "ß", "²", "٣", "1e9", "-1", "NaN", "9" * 400, "0000-00-00", "9999-12-31"],
    *[
        "neglect " * 60,
        "saftey",
        "DV",
        "local:",
        ":3",
        "-",
        "–",
        "1-",
        "2–3",
        "L",
        "\ud800",
        "\r\n",
        "<script>",
        "a" * 500,
    ],
]
value = st.one_of(st.sampled_from(NASTY), st.text(max_size=40), st.integers().map(str), st.dates().map(str))
query = st.lists(st.tuples(st.sampled_from(NAMES), value), max_size=8)


class AnyAddressTest(TestCase):
    """A class, because Hypothesis rolls back between examples only in this one."""

    @classmethod
    def setUpTestData(cls) -> None:
        make_partnership()
        load_standing_synonyms()
        make_event(make_course("Domestic abuse and its impact on children", levels=["2-3"]))

    @settings(deadline=None)
    @given(query, st.booleans())
    @example([("q", "neglect:*"), ("from", "\x00")], False)
    def test_no_address_makes_an_error_of_ours(self, pairs: list[tuple[str, str]], is_htmx: bool) -> None:
        address = "/courses/?" + urlencode([(name, text.encode("utf-8", "replace")) for name, text in pairs])

        response = Client().get(address, headers={"HX-Request": "true"} if is_htmx else {})

        has_nul = any("\x00" in text for _, text in pairs)
        self.assertEqual(response.status_code, 400 if has_nul else 200)  # noqa: PT009

    @settings(deadline=None)
    @given(st.one_of(st.sampled_from(NASTY), st.text(min_size=1, max_size=40)))
    def test_no_code_and_no_reference_makes_an_error_of_ours(self, text: str) -> None:
        from urllib.parse import quote

        for room in ("courses", "events"):
            response = Client().get(f"/{room}/{quote(text.encode('utf-8', 'replace'), safe='')}/")
            self.assertIn(response.status_code, (400, 404))  # noqa: PT009


@pytest.mark.django_db
def test_a_raw_address_that_is_not_utf_8_is_answered(client: Client, partnership: object) -> None:
    assert client.get("/courses/?q=%ff%fe&level=%c3%28").status_code == 200
