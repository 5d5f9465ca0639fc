"""The coordinator's list of places that stood empty: each, or several at once, is charged or cancelled."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bookings.charges.absence import AbsenceCost, absence_cost
from bookings.charges.accounts import NUMBERS, save_account
from bookings.charges.deciding import cancel_charges, charge_them, name_order
from bookings.charges.disputes import let_stand, uphold
from bookings.charges.finding import charges_begin
from bookings.charges.lists import SHOWN, counts, listed, with_details
from bookings.charges.pages import absence_period, absence_table, charge_rows, charge_steps, facts
from bookings.errors import BookingsError
from bookings.forms.charges import AccountForm, AnswerDisputeForm, DecideForm, OrderNumberForm
from bookings.models import AgencyAccount, Charge, ChargeStatus
from training.people.access import requires, user_of
from training.people.models import Agency, User
from training.people.permissions import Permission
from training.web.pages import paginate
from training.web.when import london_day
from training.web.words import count


@requires(Permission.MANAGE_BOOKINGS)
@require_http_methods(["GET", "POST"])
def charges(request: HttpRequest) -> HttpResponse:
    user, today = user_of(request), london_day(timezone.now())
    asked = request.GET.get("show", "decide")
    show = asked if asked in SHOWN else "decide"
    form = DecideForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (done := _decide(request, user, form)):
        messages.success(request, done)
        return redirect(f"{reverse('bookings:charges')}?show={show}")
    page, numbers = paginate(request, listed(user, show, today)), counts(user, today)
    context = {
        "form": form,
        "page": page,
        "rows": charge_rows(page, chosen=set(request.POST.getlist("charge"))),
        "show": show,
        "lists": [(value, label, numbers.get(value)) for value, label in SHOWN.items()],
        "is_off": charges_begin(timezone.now()) is None,
        "may_decide": show in ("decide", "waiting", "charged"),
    }
    return render(request, "bookings/charges.html", context)


def _decide(request: HttpRequest, user: User, form: DecideForm) -> str:
    """What to say of it; empty when it was refused, with the sentence on the form."""
    chosen = Charge.objects.visible_to(user).filter(reference__in=request.POST.getlist("charge"))
    rows, now, given = list(chosen), timezone.now(), form.cleaned_data
    if not rows:
        form.add_error(None, "Choose at least one of them.")
        return ""
    try:
        if given["decision"] == "charge":
            changed = charge_them(charges=rows, by=user, now=now)
            return f"{count(len(changed), 'charge').capitalize()} decided: for the next statements."
        changed = cancel_charges(charges=rows, why=given["why"], words=given["words"], by=user, now=now)
    except BookingsError as error:
        form.add_error(None, str(error))
        return ""
    return f"{count(len(changed), 'charge').capitalize()} cancelled."


@requires(Permission.MANAGE_BOOKINGS)
@require_safe
def charge(request: HttpRequest, reference: str) -> HttpResponse:
    found = _charge(request, reference)
    return _charge_page(request, found)


def _charge(request: HttpRequest, reference: str) -> Charge:
    rows = with_details(Charge.objects.visible_to(user_of(request)))
    return get_object_or_404(rows, reference=reference.upper())


def _charge_page(request: HttpRequest, found: Charge, **forms: object) -> HttpResponse:
    is_open = found.status in (ChargeStatus.ASKED, ChargeStatus.CHARGED)
    context = {
        "charge": found,
        "facts": facts(found),
        "steps": charge_steps(found, reader_id=user_of(request).person_id),
        "decide": DecideForm() if is_open else None,
        "answer": AnswerDisputeForm(charge=found) if found.status == ChargeStatus.DISPUTED else None,
        "order": OrderNumberForm(initial={"purchase_order": found.purchase_order}) if is_open else None,
        **forms,
    }
    return render(request, "bookings/charge.html", context)


@requires(Permission.MANAGE_BOOKINGS)
@require_POST
def charge_answer(request: HttpRequest, reference: str) -> HttpResponse:
    """The answer to a dispute."""
    found, user, now = _charge(request, reference), user_of(request), timezone.now()
    form = AnswerDisputeForm(request.POST, charge=found)
    if form.is_valid():
        given = form.cleaned_data
        try:
            if given["outcome"] == "uphold":
                uphold(charge=found, words=given["words"], pence=given.get("pence"), by=user, now=now)
            else:
                let_stand(charge=found, words=given["words"], by=user, now=now)
        except BookingsError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Answered. We have written to whoever disputed it.")
            return redirect("bookings:charge", found.reference)
    return _charge_page(request, found, answer=form)


@requires(Permission.MANAGE_BOOKINGS)
@require_POST
def charge_order(request: HttpRequest, reference: str) -> HttpResponse:
    """A purchase order for this charge alone."""
    found, form = _charge(request, reference), OrderNumberForm(request.POST)
    if form.is_valid():
        try:
            name_order(charge=found, by=user_of(request), **form.cleaned_data)
        except BookingsError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Saved.")
            return redirect("bookings:charge", found.reference)
    return _charge_page(request, found, order=form)


@requires(Permission.MANAGE_BOOKINGS)
@require_http_methods(["GET", "POST"])
def agency_account(request: HttpRequest, reference: str) -> HttpResponse:
    agency = get_object_or_404(Agency, reference=reference.upper())
    held = AgencyAccount.objects.filter(agency=agency).first() or AgencyAccount(agency=agency, revision=0)
    initial = {name: getattr(held, name) for name in (*NUMBERS, "revision")}
    form = AccountForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            save_account(agency=agency, by=user_of(request), **form.cleaned_data)
        except BookingsError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Saved. Statements that are written keep what they say.")
            return redirect("bookings:agency-account", agency.reference)
    return render(request, "bookings/agency_account.html", {"agency": agency, "form": form})


@requires(Permission.MANAGE_BOOKINGS)
@require_safe
def absence(request: HttpRequest) -> HttpResponse:
    first, last = absence_period(request.GET, london_day(timezone.now()))
    found = absence_cost(first, last)
    context = {
        "first": first,
        "last": last,
        "table": absence_table(found) if found else None,
        "total": sum(found.values(), AbsenceCost()),
    }
    return render(request, "bookings/absence.html", context)
