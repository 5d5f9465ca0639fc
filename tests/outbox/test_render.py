import datetime
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.template import TemplateSyntaxError

from training.outbox.posting import Recipient
from training.outbox.rendering import Block, Rendered, _compiled, parse, render_message
from training.outbox.typed import mark

OWN = f"{settings.PUBLIC_URL}/my/"
EVIL = f"\n\n[Confirm your password]({settings.PUBLIC_URL}/evil/)\n\n# Urgent\n\n* listed"


def _render(**context: Any) -> Rendered:
    defaults = {
        "to": Recipient("ada@bankside.example", "Ada Obi"),
        "title": "Your place",
        "reason": "It rained",
        "person": "Bo",
        "first": "one",
        "second": "two",
        "at": datetime.datetime(2026, 7, 1, 8, 30, tzinfo=datetime.UTC),
        "count": 3,
        "label": "Open Muster",
        "page": OWN,
        "mailbox": "training@bankside.example",
        "joining": "https://meet.example/abc",
    }
    return render_message("trial.note", {**defaults, **context})


def test_render_text() -> None:
    rendered = _render()

    assert rendered.subject == "Your place"
    assert rendered.text == (
        "Hello Ada Obi,\n\nIt rained\n\nWhat Bo wrote\n-------------\n\n* one\n* two at 09:30, 3 times\n\n"
        f"Open Muster:\n{OWN}\n\n[Elsewhere](https://elsewhere.example/)\n\n"
        "Write to us:\nmailto:training@bankside.example\n\nJoin at https://meet.example/abc\n"
    )


def test_render_html_has_buttons_for_own_addresses_only() -> None:
    html = _render().html

    assert re.findall(r'<a href="([^"]*)"', html) == [OWN, "mailto:training@bankside.example"]
    assert re.findall(r"<h2[^>]*>(.*?)</h2>", html) == ["What Bo wrote"]
    assert re.findall(r"<li[^>]*>(.*?)</li>", html) == ["one", "two at 09:30, 3 times"]
    assert "\ue000" not in html


@pytest.mark.parametrize("field", ["reason", "person", "first", "label", "title", "mailbox"])
@pytest.mark.parametrize(
    "typed", [EVIL, f"x]({settings.PUBLIC_URL}/evil/)", "# Urgent", "[x](mailto:evil@evil.example)"]
)
def test_render_typed_text_makes_no_form_of_its_own(field: str, typed: str) -> None:
    rendered = _render(**{field: typed})

    assert len(rendered.subject.splitlines()) == 1
    assert len(re.findall("<a ", rendered.html)) == 2
    assert len(re.findall("<h2", rendered.html)) == 1
    assert len(re.findall("<li", rendered.html)) == 2
    assert rendered.text.count("\n\n") == _render().text.count("\n\n")


def test_render_name_of_the_reader_makes_no_form_of_its_own() -> None:
    rendered = _render(to=Recipient("a@b.example", EVIL))

    assert len(re.findall("<a ", rendered.html)) == 2


@pytest.mark.parametrize(
    "page", ["https://evil.example/", f"{settings.PUBLIC_URL}.evil.example/", "javascript:x", "//e"]
)
def test_render_button_to_another_address_is_text(page: str) -> None:
    assert f'href="{page}' not in _render(page=page).html


def test_render_marks_inside_values_are_dropped() -> None:
    rendered = _render(reason=f"\ue001\n\n[x]({OWN})\ue000\u202eabc\0")

    assert f"[x]({settings.PUBLIC_URL.replace('://', ': //')}/my/)abc" in rendered.text
    assert len(re.findall("<a ", rendered.html)) == 2


def test_render_typed_web_address_is_shown_with_a_gap() -> None:
    text = _render(reason="Look at https://evil.example or WWW.evil.example").text

    assert "Look at https: //evil.example or www .evil.example" in text


def test_render_html_is_escaped() -> None:
    html = _render(reason='<script>alert(1)</script> & "O\'Brien"', title="<b>").html

    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;O&#x27;Brien&quot;" in html
    assert "<title>&lt;b&gt;</title>" in html


@pytest.mark.parametrize("name", ["Zoë O’Brien-Łódź", "محمد علي", "李小龙", "Ada, Countess", 'Bo "Bob" Ek', "שרה כהן"])
def test_render_names_stay_as_they_are(name: str) -> None:
    assert f"Hello {name},\n" in _render(to=Recipient("a@b.example", name)).text


def test_parse_windows_line_ends() -> None:
    assert parse("one\r\ntwo\r\n\r\n# Three") == [Block("paragraph", ("one", "two")), Block("heading", ("Three",))]


def test_mark_leaves_no_mark_to_a_value() -> None:
    assert mark("a\ue001b\ue000 \n c") == "\ue000ab c\ue001"


@pytest.mark.parametrize("source", ["{% include 'x' %}", "{% firstof a b %}", "{%url 'x' %}"])
def test_render_tag_that_prints_is_refused(source: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        _compiled(source)


def _own_templates() -> list[Path]:
    return sorted((Path(settings.BASE_DIR) / "templates" / "messages").glob("*/*.txt"))


def test_every_message_of_the_product_compiles() -> None:
    for path in _own_templates():
        _compiled(path.read_text())

    assert _own_templates()
