"""Who is contracted: the list, and one provider with contracts, people, orders and assessments."""

from django.contrib import messages
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from providers.actions.contracts import add_contract
from providers.actions.providers import engage, save_provider
from providers.errors import ProvidersError
from providers.forms.providers import ContractForm, EngageForm, ProviderForm
from providers.models import Commission, Engagement, KpiTarget, Provider
from providers.tables import assessments_table, contracts_table, orders_table, people_table, providers_table
from training.people.access import requires, user_of
from training.people.finding import tidy_search
from training.people.models import User
from training.people.permissions import Permission
from training.web.pages import paginate


@requires(Permission.SEE_PROVIDERS)
@require_safe
def providers(request: HttpRequest) -> HttpResponse:
    user, text, now = user_of(request), tidy_search(request.GET.get("q", "")), timezone.now()
    live = Q(contracts__commissions__event__starts_at__gt=now) & ~Q(contracts__commissions__status="cancelled")
    rows = Provider.objects.visible_to(user).annotate(orders_to_come=Count("contracts__commissions", filter=live))
    if text:
        rows = rows.filter(name__unaccent__icontains=text)
    rows = rows.prefetch_related("contracts__terms", "contracts__options").order_by("-orders_to_come", "name")
    page = paginate(request, rows)
    table = providers_table(page, timezone.localdate(now))
    context = {"page": page, "table": table, "q": text, "manages": user.may(Permission.MANAGE_CONTRACTS)}
    return render(request, "providers/providers.html", context)


@requires(Permission.SEE_OWN_PROVIDER)
@require_safe
def own_provider(request: HttpRequest) -> HttpResponse:
    """A provider's manager comes straight to their own page; who manages none now is told so."""
    found = Provider.objects.visible_to(user_of(request)).order_by("name").first()
    if found is None:
        return render(request, "providers/own_provider.html")
    return redirect("providers:provider", found.reference)


def provider_or_404(user: User, reference: str) -> Provider:
    return get_object_or_404(Provider.objects.visible_to(user), reference=reference.upper())


@requires(Permission.OWN_RECORD)
@require_safe
def provider(request: HttpRequest, reference: str) -> HttpResponse:
    """For coordinators, PDL, executives, and the provider's own managers; for everybody else there is no such page."""
    user, today = user_of(request), timezone.localdate()
    found = provider_or_404(user, reference)
    manages = user.may(Permission.MANAGE_CONTRACTS)
    contracts = found.contracts.prefetch_related("terms", "options").order_by("-reference")
    orders = paginate(request, _orders(found))
    context = {
        "provider": found,
        "contracts": contracts_table(contracts, today, sees_deadlines=user.may(Permission.SEE_PROVIDERS))
        if contracts
        else None,
        "people": people_table(_people(found), manages=manages),
        "orders_page": orders,
        "orders": orders_table(orders, manages=manages),
        "assessments": assessments_table(found.assessments.newest_first(), list(KpiTarget.objects.all())),
        "manages": manages,
        "engage_form": EngageForm(provider=found) if manages else None,
        "sees_list": user.may(Permission.SEE_PROVIDERS),
    }
    return render(request, "providers/provider.html", context)


def _people(found: Provider) -> "QuerySet[Engagement]":
    here = found.engagements.on(timezone.localdate()).select_related("person", "provider")
    return here.order_by("person__name", "pk")


def _orders(found: Provider) -> "QuerySet[Commission]":
    rows = Commission.objects.filter(contract__provider=found).select_related("event__version", "contract")
    return rows.prefetch_related("event__sessions").order_by(F("event__starts_at").desc(nulls_last=True), "pk")


@requires(Permission.MANAGE_CONTRACTS)
@require_http_methods(["GET", "POST"])
def provider_add(request: HttpRequest) -> HttpResponse:
    form = ProviderForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (saved := _save(request, form, Provider())):
        messages.success(request, f"{saved}: added.")
        return redirect("providers:provider", saved.reference)
    return render(request, "providers/provider_add.html", {"form": form})


@requires(Permission.MANAGE_CONTRACTS)
@require_http_methods(["GET", "POST"])
def provider_change(request: HttpRequest, reference: str) -> HttpResponse:
    held = provider_or_404(user_of(request), reference)
    form = ProviderForm(request.POST or None, initial=ProviderForm.initial_of(held))
    if request.method == "POST" and form.is_valid() and (saved := _save(request, form, held)):
        messages.success(request, f"{saved}: saved.")
        return redirect("providers:provider", saved.reference)
    return render(request, "providers/provider_change.html", {"form": form, "provider": held})


def _save(request: HttpRequest, form: ProviderForm, held: Provider) -> Provider | None:
    """The provider saved; None when it was refused, with the sentence on the form."""
    try:
        changed = form.apply_to(held)
        return save_provider(provider=changed, revision=form.cleaned_data["revision"], by=user_of(request))
    except ProvidersError as error:
        form.add_error(None if "open" in str(error) else "name", str(error))
        return None


@requires(Permission.MANAGE_CONTRACTS)
@require_http_methods(["GET", "POST"])
def contract_add(request: HttpRequest, reference: str) -> HttpResponse:
    held = provider_or_404(user_of(request), reference)
    form = ContractForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            contract = add_contract(provider=held, text=form.text, by=user_of(request))
        except ProvidersError as error:
            form.add_error("reference", str(error))
        else:
            messages.success(request, f"{contract}: added.")
            return redirect("providers:contract", contract.reference)
    return render(request, "providers/contract_add.html", {"form": form, "provider": held})


@requires(Permission.MANAGE_CONTRACTS)
@require_POST
def provider_engage(request: HttpRequest, reference: str) -> HttpResponse:
    held = provider_or_404(user_of(request), reference)
    form = EngageForm(request.POST, provider=held)
    if form.is_valid():
        person = form.cleaned_data["person"]
        is_manager = form.cleaned_data["is_manager"]
        engage(person=person, provider=held, by=user_of(request), from_day=timezone.localdate(), is_manager=is_manager)
        messages.success(request, f"{person} works for {held}.")
    else:
        messages.error(request, str(form.errors["person"][0]))
    return redirect("providers:provider", held.reference)
