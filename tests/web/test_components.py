import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.template import engines
from django.test import RequestFactory

from training.web import components as c
from training.web.charts import Bar, BarChart, Interval, IntervalChart
from training.web.pages import paginate, sorting

TEMPLATES = sorted(Path(settings.BASE_DIR, "templates").rglob("*.html"))
NASTY = "<script>alert('x')</script>"


def draw(source: str, address: str = "/", **context: Any) -> str:
    return engines["django"].from_string(source).render(context, RequestFactory().get(address))


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("", 1),
        ("2", 2),
        ("26", 26),
        ("99999999999999999999999", 26),
        ("0", 1),
        ("-1", 1),
        ("two", 1),
        ("²", 1),
        ("1e3", 1),
    ],
)
def test_paginate_survives_any_number(asked: str, number: int) -> None:
    request = RequestFactory().get("/", {"page": asked})

    assert paginate(request, range(640)).number == number


def test_paginate_of_nothing_is_one_empty_page() -> None:
    assert list(paginate(RequestFactory().get("/?page=5"), [])) == []


def test_pagination_keeps_the_rest_of_the_address() -> None:
    address = "/?q=neglect&mode=live&mode=own&page=7"
    page = paginate(RequestFactory().get(address), range(640))

    html = draw("{% pagination page %}", address, page=page)

    assert "?q=neglect&amp;mode=live&amp;mode=own&amp;page=8" in html
    assert 'aria-current="page">7</a>' in html
    assert html.count("muster-ellipsis") == 2
    assert "151 to 175 of 640" in html


@pytest.mark.parametrize(
    ("asked", "order"), [("", "name"), ("-came", "-came"), ("came", "came"), ("password", "name"), ("--came", "name")]
)
def test_sorting_takes_only_what_is_allowed(asked: str, order: str) -> None:
    assert sorting(RequestFactory().get("/", {"sort": asked}), ["name", "came"], "name").order == order


def test_table_turns_the_current_column_and_escapes_cells() -> None:
    request = RequestFactory().get("/?sort=came&page=3")
    columns = [c.Column("Agency", sort="name"), c.Column("Came", is_numeric=True, sort="came")]
    table = c.Table(
        "Attendance",
        columns,
        [[NASTY, 3], [c.Cell("Police", url="/p/"), None]],
        sorting=sorting(request, ["name", "came"], "name"),
    )

    html = draw("{% table table %}", "/?sort=came&page=3", table=table)

    assert 'href="?sort=-came"' in html
    assert html.count('aria-sort="ascending"') == 1
    assert "<script>" not in html
    assert 'data-label="Came"' in html
    assert '<a class="govuk-link" href="/p/">Police</a>' in html


def test_chosen_filters_take_themselves_away() -> None:
    facet = c.Facet(
        "mode", "Mode", [c.Option("live", "Live online", 3, True), c.Option("own", "In your own time", 1, True)]
    )

    html = draw("{% chosen_filters filters %}", "/?mode=live&mode=own&q=x&page=2", filters=c.Filters([facet]))

    assert 'href="?mode=own&amp;q=x"' in html
    assert 'href="?mode=live&amp;q=x"' in html


def test_filter_panel_keeps_the_search_and_shows_counts() -> None:
    facet = c.Facet("mode", "Mode", [c.Option("live", NASTY, 3, True)])

    html = draw("{% filter_panel filters %}", filters=c.Filters([facet], kept=[("q", '"><b>')]))

    assert "checked" in html
    assert "(3)" in html
    assert "<b>" not in html
    assert "<script>" not in html


CHARTS = [
    BarChart(NASTY, [Bar(NASTY, 50, NASTY), Bar("None", None, "hidden")], maximum=100),
    BarChart("All nothing", [Bar("A", 0, "0")]),
    BarChart("Empty", []),
    IntervalChart(NASTY, [Interval(NASTY, 0.8, 0.5, 1.1, NASTY), Interval("Far", 9, -9, 99, "far")], low=-2, high=2),
    IntervalChart("No width", [Interval("A", 1, 1, 1, "1")], low=1, high=1),
]


@pytest.mark.parametrize("chart", CHARTS)
def test_charts_are_safe_and_carry_their_words(chart: BarChart | IntervalChart) -> None:
    from lxml import etree

    page, drawing = draw("{% chart chart %}", chart=chart), chart.svg()

    for html in (page, drawing):
        assert "<script>" not in html
        assert "style=" not in html
    assert "viewBox" not in page
    assert etree.fromstring(drawing).get("viewBox") is not None
    positions = [float(p) for p in re.findall(r'(?:width|x1|x2|cx)="([\d.-]+)%"', page)]
    assert all(0 <= position <= 100 for position in positions)


def test_bar_is_as_long_as_its_value() -> None:
    chart = BarChart("Came", [Bar("Police", 25, "25.0 % (3 of 12)")], maximum=100)

    assert 'class="muster-chart__bar" x="0" y="2" width="25.00%"' in chart.rows()[0].drawing
    assert 'width="160.0"' in chart.svg()


def test_small_components_escape_and_say_their_words() -> None:
    source = (
        "{% button label kind='warning' name='do' aria_label=label %}{% link_button label url %}"
        "{% status_tag label 'red' %}{% search_box label value=label %}{% figure figure %}{% progress 0 0 label %}"
        "{% timeline steps %}{% task_list tasks %}{% summary_list rows %}{% sub_navigation items %}"
        "{% breadcrumbs items %}"
        "{% back_link '/' label %}{% form_actions label cancel_url='/x' %}"
        "{% inset %}{{ label }}{% endinset %}{% warning %}{{ label }}{% endwarning %}"
        "{% details label %}<p>in</p>{% enddetails %}"
        "{% notice label kind='success' %}{{ label }}{% endnotice %}{% empty label %}<p>do this</p>{% endempty %}"
    )
    html = draw(
        source,
        label=NASTY,
        url="/a?b=1&c=2",
        figure=c.Figure(NASTY, NASTY, NASTY),
        steps=[c.Step(NASTY, NASTY, NASTY, NASTY, "current")],
        tasks=[c.Task(NASTY, "/t", NASTY, "red", NASTY)],
        rows=[c.Row(NASTY, NASTY, "/r")],
        items=[c.NavItem(NASTY, "/n", True)],
    )

    assert "<script>" not in html
    assert "<p>in</p>" in html
    assert "<p>do this</p>" in html
    assert 'name="do"' in html
    assert "/a?b=1&amp;c=2" in html


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(settings.BASE_DIR)))
def test_no_template_needs_inline_style_or_script(path: Path) -> None:
    if "messages" in path.parts:  # e-mail has no stylesheet but the one in its tags
        return
    source = path.read_text()

    assert not re.search(r"\sstyle\s*=|<style", source)
    assert not re.search(r"<script(?![^>]*\ssrc=)(?![^>]*application/(ld\+)?json)", source)
    assert not re.search(r"\son[a-z]+\s*=", re.sub(r"{%.*?%}", "", source))
    assert "javascript:" not in source


def test_scan_for_inline_code_would_find_some() -> None:
    assert re.search(r"<script(?![^>]*\ssrc=)(?![^>]*application/(ld\+)?json)", "<script>x</script>")
    assert re.search(r"\son[a-z]+\s*=", '<a onclick="x">')


def test_vendored_look_names_no_font_or_image_of_govuk() -> None:
    css = Path(settings.BASE_DIR, "training/web/static/vendor/govuk-frontend/govuk-frontend.min.css").read_text()

    assert not re.search(r"GDS Transport|@font-face|url\(|crest|crown|logotype", css, re.IGNORECASE)
