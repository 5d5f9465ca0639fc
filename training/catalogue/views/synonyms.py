"""The words that the catalogue's search understands, and a box to try them."""

from django.contrib import messages
from django.db.models import Q
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from training.catalogue.actions.synonyms import add_synonym, change_synonym, remove_synonym
from training.catalogue.conflicts import show_refusal
from training.catalogue.errors import CatalogueError
from training.catalogue.finding.queries import find_courses
from training.catalogue.finding.wanted import Choices, Wanted
from training.catalogue.forms.synonyms import SynonymChangeForm, SynonymForm
from training.catalogue.models import CourseVersion, Synonym
from training.catalogue.navigation import desk_tabs
from training.catalogue.tables import synonyms_table
from training.people.access import requires, user_of
from training.people.finding import tidy_search
from training.people.permissions import Permission
from training.web.pages import paginate


@requires(Permission.MANAGE_CATALOGUE)
@require_http_methods(["GET", "POST"])
def synonyms(request: HttpRequest) -> HttpResponse:
    """The list, what a search for `q` finds now, and adding one."""
    form = SynonymForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            added = add_synonym(by=user_of(request), **form.cleaned_data)
        except CatalogueError as error:
            show_refusal(form, error, {})
        else:
            messages.success(request, f"“{added.term}” finds {added.meaning} from now on.")
            return redirect("desk:synonyms")
    text = tidy_search(request.GET.get("q", ""))
    rows = Synonym.objects.order_by(Lower("term"), Lower("meaning"))
    if text:
        rows = rows.filter(Q(term__icontains=text) | Q(meaning__icontains=text))
    page = paginate(request, rows, per_page=50)
    context = {"form": form, "page": page, "table": synonyms_table(page), "q": text, "tabs": desk_tabs(request)}
    return render(request, "catalogue/desk/synonyms.html", {**context, "found": _titles(text) if text else None})


def _titles(text: str) -> list[str]:
    """Of the published courses that a visitor who types this finds now, in their order."""
    found = find_courses(Wanted(text=text), Choices([], []), now=timezone.now())
    current = CourseVersion.objects.filter(is_current=True, course_id__in=found.course_ids)
    titles = dict(current.values_list("course_id", "title"))
    return [titles[pk] for pk in found.course_ids if pk in titles]


@requires(Permission.MANAGE_CATALOGUE)
@require_http_methods(["GET", "POST"])
def synonym_change(request: HttpRequest) -> HttpResponse:
    """One search word, known by its term and its meaning."""
    if request.method == "POST":
        form = SynonymChangeForm(request.POST)
        if form.is_valid():
            try:
                changed = change_synonym(by=user_of(request), **form.cleaned_data)
            except CatalogueError as error:
                show_refusal(form, error, {})
            else:
                messages.success(request, f"“{changed.term}” finds {changed.meaning} from now on.")
                return redirect("desk:synonyms")
    else:
        words = {name: request.GET.get(name, "") for name in ("term", "meaning")}
        held = get_object_or_404(Synonym, term__iexact=words["term"], meaning__iexact=words["meaning"])
        was = {"term": held.term, "meaning": held.meaning}
        form = SynonymChangeForm(initial={**was, **{f"old_{name}": text for name, text in was.items()}})
    return render(request, "catalogue/desk/synonym_change.html", {"form": form})


@requires(Permission.MANAGE_CATALOGUE)
@require_POST
def synonym_remove(request: HttpRequest) -> HttpResponse:
    form = SynonymForm(request.POST)
    if form.is_valid() and remove_synonym(by=user_of(request), **form.cleaned_data):
        messages.success(request, f"“{form.cleaned_data['term']}” no longer finds {form.cleaned_data['meaning']}.")
    return redirect("desk:synonyms")
