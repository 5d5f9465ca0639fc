"""Our tags and filters, built in to every template. `docs/components.md` shows each; the style guide draws it."""

from typing import Any

from django import template
from django.forms import BaseForm, BaseFormSet
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from training.web import words
from training.web.charts import Chart
from training.web.components import Column, Figure, Filters, Table, as_cell
from training.web.pages import page_links, page_url, sort_url

register = template.Library()

for name in ("day", "full_day", "clock", "times", "when", "in_days", "pounds", "of", "percent"):
    register.filter(name, words.empty_if_none(getattr(words, name)))
register.simple_tag(words.count, name="count")


# --- Forms and buttons ---------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def error_prefix(context: Context) -> str:
    """ "Error: " when any form of the page has errors, for the start of the title."""
    forms: list[Any] = [value for value in context.flatten().values() if isinstance(value, BaseForm | BaseFormSet)]
    return "Error: " if any(form.is_bound and _has_errors(form) for form in forms) else ""


def _has_errors(form: Any) -> bool:
    return bool(form.total_error_count() if isinstance(form, BaseFormSet) else form.errors)


@register.simple_tag
def error_summary(form: Any) -> SafeString:
    """The summary at the top of the page; `{{ form }}` then leaves it out."""
    form.is_summary_shown = True
    return _component("error_summary", form=form)


@register.simple_tag
def button(label: str, kind: str = "", **attributes: Any) -> SafeString:
    """A submit button. `kind`: secondary, warning or inverse; further attributes with `_` for `-`."""
    return _component("button", label=label, kind=kind, attributes=_dashed(attributes))


@register.simple_tag
def link_button(label: str, url: str, kind: str = "", **attributes: Any) -> SafeString:
    return _component("link_button", label=label, url=url, kind=kind, attributes=_dashed(attributes))


@register.simple_tag
def form_actions(label: str, cancel_url: str = "", cancel_label: str = "Cancel", kind: str = "") -> SafeString:
    """The main button of a form, guarded against a double click, and the way out beside it."""
    return _component("form_actions", label=label, cancel_url=cancel_url, cancel_label=cancel_label, kind=kind)


@register.simple_tag
def search_box(label: str, value: str = "", name: str = "q", url: str = "", hint: str = "") -> SafeString:
    return _component("search_box", label=label, value=value, name=name, url=url, hint=hint)


@register.simple_tag
def filter_panel(filters: Filters) -> SafeString:
    return _component("filter_panel", filters=filters)


@register.simple_tag(takes_context=True)
def chosen_filters(context: Context, filters: Filters) -> SafeString:
    """The filters in force, each a link that takes it away."""
    query = context["request"].GET
    links = [
        (facet, option, _without(query, facet.name, option.value))
        for facet in filters.facets
        for option in facet.chosen
    ]
    return _component("chosen_filters", links=links, clear_url=filters.clear_url)


def _without(query: Any, name: str, value: str) -> str:
    changed = query.copy()
    changed.setlist(name, [kept for kept in query.getlist(name) if kept != value])
    changed.pop("page", None)
    return f"?{changed.urlencode()}"


# --- Lists and tables ------------------------------------------------------------------------------


@register.simple_tag
def status_tag(text: str, colour: str = "") -> SafeString:
    """Words on a colour: grey, green, teal, blue, purple, magenta, red, orange or yellow."""
    return _component("status_tag", text=text, colour=colour)


@register.simple_tag
def summary_list(rows: Any) -> SafeString:
    return _component("summary_list", rows=rows, has_actions=any(row.url for row in rows))


@register.simple_tag(takes_context=True)
def table(context: Context, table: Table) -> SafeString:
    request = context.get("request")
    headings = [_heading(column, table, request.GET if request else None) for column in table.columns]
    return _component("table", table=table, headings=headings)


def _heading(column: Column, table: Table, query: Any) -> dict[str, Any]:
    now = table.sorting
    is_current = now is not None and column.sort != "" and now.key == column.sort
    url = sort_url(query, column.sort, now) if column.sort and query is not None else ""
    direction = ("descending" if now and now.is_descending else "ascending") if is_current else "none"
    return {"column": column, "url": url, "direction": direction if column.sort else ""}


@register.filter
def with_headings(cells: Any, headings: Any) -> list[tuple[Any, Any]]:
    """Each cell of a row beside its column's heading; a plain value becomes a cell."""
    return [(heading, as_cell(cell)) for heading, cell in zip(headings, cells, strict=False)]


@register.simple_tag(takes_context=True)
def pagination(context: Context, page: Any, label: str = "Pages") -> SafeString:
    query = context["request"].GET
    before = page_url(query, page.number - 1) if page.has_previous() else ""
    after = page_url(query, page.number + 1) if page.has_next() else ""
    return _component("pagination", page=page, links=page_links(page, query), before=before, after=after, label=label)


@register.simple_tag
def sub_navigation(items: Any, label: str = "Parts of this page") -> SafeString:
    return _component("sub_navigation", items=items, label=label)


@register.simple_tag
def breadcrumbs(items: Any) -> SafeString:
    return _component("breadcrumbs", items=items)


@register.simple_tag
def back_link(url: str, label: str = "Back") -> SafeString:
    return _component("back_link", url=url, label=label)


@register.simple_tag
def task_list(tasks: Any) -> SafeString:
    return _component("task_list", tasks=tasks)


@register.simple_tag
def timeline(steps: Any) -> SafeString:
    return _component("timeline", steps=steps)


# --- Figures -------------------------------------------------------------------------------------------


@register.simple_tag
def figure(figure: Figure) -> SafeString:
    return _component("figure", figure=figure)


@register.simple_tag
def chart(chart: Chart) -> SafeString:
    """The drawing with its title above and its figures as a table below."""
    return _component("chart", chart=chart, rows=chart.rows())


@register.simple_tag
def progress(done: int, total: int, label: str) -> SafeString:
    return _component("progress", done=done, total=max(total, 1), shown_total=total, label=label)


# --- Blocks: {% inset %}…{% endinset %} ------------------------------------------------------------------


@register.simple_block_tag
def inset(content: str) -> SafeString:
    return _component("inset", content=content)


@register.simple_block_tag
def warning(content: str) -> SafeString:
    return _component("warning", content=content)


@register.simple_block_tag
def details(content: str, summary: str, is_open: bool = False) -> SafeString:
    return _component("details", content=content, summary=summary, is_open=is_open)


@register.simple_block_tag
def notice(content: str, title: str = "Important", kind: str = "") -> SafeString:
    """A notification banner inside a page; `kind` success for what has just been done."""
    return _component("notice", content=content, title=title, kind=kind)


@register.simple_block_tag
def empty(content: str, title: str) -> SafeString:
    """What stands where a list would: what is missing, and what to do next."""
    return _component("empty", content=content, title=title)


@register.simple_tag
def htmx_scripts() -> SafeString:
    """For the `scripts` block of a page that htmx improves."""
    return _component("htmx_scripts")


def _dashed(attributes: dict[str, Any]) -> dict[str, Any]:
    return {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}


def _component(name: str, /, **context: Any) -> SafeString:
    return render_to_string(f"components/{name}.html", context)
