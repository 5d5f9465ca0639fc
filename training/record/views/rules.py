"""The rules of what falls due: coordinators write them, and every due list follows."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from training.catalogue.conflicts import as_seen, show_refusal
from training.catalogue.errors import CatalogueError
from training.catalogue.navigation import desk_tabs
from training.catalogue.views.rows import try_action
from training.people.access import requires, user_of
from training.people.permissions import Permission
from training.record.forms import RuleChangeForm, RuleForm, initial_of
from training.record.models import RefresherRule
from training.record.rules import add_rule, change_rule, rule_words, use_rule
from training.web.components import Row


@requires(Permission.MANAGE_CATALOGUE)
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    rows = RefresherRule.objects.select_related("framework").prefetch_related("courses").order_by("is_retired", "name")
    shown = [(rule, [Row(*item) for item in rule_words(rule).items() if item[1]][1:]) for rule in rows]
    return render(request, "record/rules.html", {"rules": shown, "tabs": desk_tabs(request)})


@requires(Permission.MANAGE_CATALOGUE)
@require_http_methods(["GET", "POST"])
def rule_add(request: HttpRequest) -> HttpResponse:
    form, user = RuleForm(request.POST or None), user_of(request)
    if request.method == "POST" and form.is_valid():
        made = _try(form, lambda: add_rule(plan=form.plan(), by=user))
        if made:
            messages.success(request, f"“{made}” counts from now on.")
            return redirect("record:rules")
    return render(request, "record/rule_add.html", {"form": form})


@requires(Permission.MANAGE_CATALOGUE)
@require_http_methods(["GET", "POST"])
def rule_change(request: HttpRequest, reference: str) -> HttpResponse:
    rule, user = get_object_or_404(RefresherRule, reference=reference.upper()), user_of(request)
    seen = as_seen(rule_words(rule))
    form = RuleChangeForm(request.POST or None, initial={**initial_of(rule), "seen": seen})
    if request.method == "POST" and form.is_valid():
        revision = form.cleaned_data["revision"]
        saved = _try(form, lambda: change_rule(rule=rule, plan=form.plan(), revision=revision, by=user), rule)
        if saved:
            messages.success(request, f"“{saved}”: saved. Every list of what falls due follows.")
            return redirect("record:rules")
    return render(request, "record/rule_change.html", {"form": form, "rule": rule})


def _try(
    form: RuleForm, action: Callable[[], RefresherRule], rule: RefresherRule | None = None
) -> RefresherRule | None:
    try:
        return action()
    except CatalogueError as error:
        show_refusal(form, error, rule_words(RefresherRule.objects.get(pk=rule.pk)) if rule else {})
        return None


@requires(Permission.MANAGE_CATALOGUE)
@require_POST
def rule_use(request: HttpRequest, reference: str) -> HttpResponse:
    """Retire it, or bring it back: `use` is yes or no."""
    rule, user = get_object_or_404(RefresherRule, reference=reference.upper()), user_of(request)
    is_used = request.POST.get("use") == "yes"
    done = f"“{rule}”: {'counts again' if is_used else 'retired. Nothing falls due by it any more'}."
    try_action(request, lambda: use_rule(rule=rule, is_used=is_used, by=user), done)
    return redirect("record:rules")
