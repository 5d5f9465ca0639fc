"""One text file a message, from which the plain text and the HTML are both made.

The file's first line is the subject. After it come paragraphs apart by empty lines; a line that
starts with `# ` is a heading, one with `* ` a list item, and `[Label](address)` alone on a line is a
button when the address is Muster's own or a mailbox (`mailto:`); a list item may begin with such a link.
Only what the template itself says has such a form: see `typed.py`.
An address elsewhere is printed with `{{ address|link }}`.
"""

import functools
import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template import Context, Engine, Template, TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader import render_to_string

from training.outbox.typed import MARKED, unmark

BUTTON = re.compile(rf"^\[(?P<label>(?:{MARKED}|[^\]\n])+)\]\((?P<url>(?:{MARKED}|[^\s()])+)\)$")
LINKED_ITEM = re.compile(rf"^\[(?P<label>(?:{MARKED}|[^\]\n])+)\]\((?P<url>(?:{MARKED}|[^\s()])+)\)(?P<rest>.*)$")
# Tags that print nothing of their own: `typed` could not be added to what others print.
TAGS = frozenset(
    {"if", "elif", "else", "endif", "for", "empty", "endfor", "with", "endwith", "comment", "endcomment", "load"}
)


@dataclass(frozen=True)
class Rendered:
    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Item:
    """A line of a list, after a link to a page of ours if there is one."""

    text: str
    label: str = ""
    url: str = ""


@dataclass(frozen=True)
class Block:
    """A piece of a message: `kind` is heading, paragraph, list or button. A list has `items`, the others `lines`."""

    kind: str
    lines: tuple[str, ...] = ()
    url: str = ""
    items: tuple[Item, ...] = ()


def render_message(kind: str, context: dict[str, Any]) -> Rendered:
    """Fill the template of this kind. Raises TemplateDoesNotExist for a kind that has none."""
    app, _, name = kind.partition(".")
    context = {"public_url": settings.PUBLIC_URL, **context}
    template = _compiled(_source(f"messages/{app}/{name}.txt"))
    filled = template.render(Context(context, autoescape=False))
    subject, _, body = filled.strip().partition("\n")
    subject, blocks = unmark(subject).strip(), parse(body)
    html = render_to_string("messages/layout.html", {**context, "subject": subject, "blocks": blocks})
    return Rendered(subject=subject, text=to_text(blocks), html=html)


def _source(name: str) -> str:
    for loader in Engine.get_default().template_loaders:
        for origin in loader.get_template_sources(name):
            holder: Any = origin.loader
            try:
                return str(holder.get_contents(origin))
            except TemplateDoesNotExist:
                continue
    raise TemplateDoesNotExist(name)


@functools.cache
def _compiled(source: str) -> Template:
    """The template with every value marked as typed. Raises TemplateSyntaxError for a tag that prints."""
    for tag in re.findall(r"{%\s*(\w+)", source):
        if tag not in TAGS:
            raise TemplateSyntaxError(f"a message may not use the tag {tag}")
    marked = re.sub(r"{{\s*(.*?)\s*}}", r"{{ \1|typed }}", source)
    return Engine.get_default().from_string("{% load outbox_messages %}" + marked)


def parse(body: str) -> list[Block]:
    """Split a message's body into its blocks; what is none of the special forms is a paragraph."""
    pieces = (piece.strip() for piece in re.split(r"\n\s*\n", body.replace("\r\n", "\n")))
    return [_block(piece) for piece in pieces if piece]


def _block(piece: str) -> Block:
    button = BUTTON.match(piece)
    if button and _may_be_a_button(button["url"]):
        return Block("button", (unmark(button["label"]),), unmark(button["url"]))
    lines = tuple(line.strip() for line in piece.split("\n") if line.strip())
    if piece.startswith("# ") and len(lines) == 1:
        return Block("heading", (unmark(lines[0][2:]),))
    if all(line.startswith("* ") for line in lines):
        return Block("list", items=tuple(_item(line[2:]) for line in lines))
    return Block("paragraph", tuple(unmark(line) for line in lines))


def _item(line: str) -> Item:
    linked = LINKED_ITEM.match(line)
    if linked and _may_be_a_button(linked["url"]):
        return Item(unmark(linked["rest"]), unmark(linked["label"]), unmark(linked["url"]))
    return Item(unmark(line))


def _may_be_a_button(url: str) -> bool:
    """`mailto:` has to be the template's own word."""
    return url.startswith("mailto:") or unmark(url).startswith(settings.PUBLIC_URL + "/")


def to_text(blocks: list[Block]) -> str:
    """The plain text: a button becomes its label and address on two lines, and so does an item with a link."""
    parts = []
    for block in blocks:
        if block.kind == "button":
            parts.append(f"{block.lines[0]}:\n{block.url}")
        elif block.kind == "list":
            parts.append("\n".join(_item_text(item) for item in block.items))
        elif block.kind == "heading":
            parts.append(f"{block.lines[0]}\n{'-' * len(block.lines[0])}")
        else:
            parts.append("\n".join(block.lines))
    return "\n\n".join(parts) + "\n"


def _item_text(item: Item) -> str:
    return f"* {item.label}{item.text}\n  {item.url}" if item.url else f"* {item.text}"
