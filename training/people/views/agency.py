"""What an agency's training lead sees: the people of their own organisations, and nobody else."""

import datetime

from django.contrib import messages
from django.db.models import Case, F, IntegerField, QuerySet, Value, When
from django.db.models.functions import Lower
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from training.people.access import requires, user_of
from training.people.actions.employments import end_employment, settle_employment
from training.people.actions.identity import settle_identity
from training.people.errors import PeopleError
from training.people.finding import find_employments, tidy_search
from training.people.forms.persons import AnswerForm
from training.people.forms.work import LeavingForm
from training.people.models import Agency, Employment, IdentityClaim, User
from training.people.navigation import agency_tabs
from training.people.permissions import Permission
from training.people.refusals import show_refusal
from training.people.role_words import NEW_STARTER_DAYS
from training.people.settled_words import employment_answer, identity_answer
from training.people.tables import lead_table, leavers_table
from training.people.views.rows import answered_employment_or_404, claim_or_404, employment_or_404, led_agency_or_404
from training.web.downloads import Sheet, csv_response, xlsx_response
from training.web.pages import paginate

LEAVERS_SHOWN_DAYS = 365
HEADINGS = (
    "Employee number",
    "Name",
    "E-mail",
    "Job",
    "How they work",
    "Organisation",
    "Manager",
    "Manager’s e-mail",
    "Started",
    "Last day",
    "Confirmed",
)


@requires(Permission.SEE_AGENCY_PEOPLE)
@require_safe
def agency(request: HttpRequest) -> HttpResponse:
    user, today, text = user_of(request), timezone.localdate(), tidy_search(request.GET.get("q", ""))
    led = list(Agency.objects.filter(pk__in=user.led_agency_ids).order_by("name"))
    chosen = [one for one in led if one.reference == request.GET.get("organisation")] or led
    people = people_of(user, chosen, today)
    claims = Employment.objects.visible_to(user).of_present_persons().to_settle().filter(agency__in=chosen)
    page = paginate(request, find_employments(people, text))
    context = {
        "led": led,
        "chosen": chosen[0] if len(chosen) == 1 else None,
        "page": page,
        "table": lead_table(page, new_since=_new_since(today), shows_agency=len(chosen) > 1),
        "claims": claims.not_over(today).select_related("person", "agency").order_by("pk")[:20],
        "identity_claims": _identity_claims(user),
        "leavers": leavers_table(_leavers(user, chosen, today)),
        "q": text,
        "tabs": agency_tabs(request),
    }
    return render(request, "people/agency.html", context)


def people_of(user: User, agencies: list[Agency], today: datetime.date) -> "QuerySet[Employment]":
    """Who works at these agencies or will start there, bare claims left out; new starters first, then by name."""
    rows = Employment.objects.visible_to(user).of_present_persons().filter(agency__in=agencies)
    rows = rows.filter(standing__in=(Employment.Standing.CONFIRMED, Employment.Standing.RECOGNISED)).not_over(today)
    order = Case(
        When(period__startswith__gte=_new_since(today), then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    return rows.annotate(order=order).select_related("person", "agency").order_by("order", Lower("person__name"), "pk")


def _new_since(today: datetime.date) -> datetime.date:
    return today - datetime.timedelta(days=NEW_STARTER_DAYS)


def _identity_claims(user: User) -> "QuerySet[IdentityClaim]":
    rows = IdentityClaim.objects.visible_to(user).open()
    return rows.exclude(newcomer_id=user.person_id).select_related("newcomer", "known").order_by("made_at")[:20]


def _leavers(user: User, agencies: list[Agency], today: datetime.date) -> "QuerySet[Employment]":
    """Who left in the last year: their name and last day, nothing that came after it."""
    since = today - datetime.timedelta(days=LEAVERS_SHOWN_DAYS)
    rows = Employment.objects.visible_to(user).not_refused().of_present_persons().filter(agency__in=agencies)
    rows = rows.filter(period__endswith__lte=today, period__endswith__gt=since)
    return rows.select_related("person", "agency").order_by(F("period").desc())[:50]


@requires(Permission.SEE_AGENCY_PEOPLE)
@require_POST
def agency_settle(request: HttpRequest, agency: str, person: str) -> HttpResponse:
    user, form = user_of(request), AnswerForm(request.POST)
    employment = answered_employment_or_404(led_agency_or_404(user, agency), person)
    try:
        if form.is_valid():
            settled = settle_employment(employment=employment, is_right=form.is_yes, by=user, now=timezone.now())
            messages.success(request, employment_answer(settled))
    except PeopleError as error:
        messages.error(request, str(error))
    return redirect("people:agency")


@requires(Permission.SEE_AGENCY_PEOPLE)
@require_POST
def agency_identity(request: HttpRequest, reference: str) -> HttpResponse:
    user, form = user_of(request), AnswerForm(request.POST)
    claim = claim_or_404(user, reference)
    try:
        if form.is_valid():
            settled = settle_identity(claim=claim, is_same=form.is_yes, by=user, now=timezone.now())
            messages.success(request, identity_answer(settled))
    except PeopleError as error:
        messages.error(request, str(error))
    return redirect("people:agency")


@requires(Permission.SEE_AGENCY_PEOPLE)
@require_http_methods(["GET", "POST"])
def agency_leaving(request: HttpRequest, agency: str, person: str) -> HttpResponse:
    user, today = user_of(request), timezone.localdate()
    led_agency_or_404(user, agency)
    employment = employment_or_404(user, person, agency)
    form = LeavingForm(request.POST or None, initial={"last_day": employment.last_day})
    if request.method == "POST" and form.is_valid():
        try:
            end_employment(employment=employment, last_day=form.day, by=user, today=today)
        except PeopleError as error:
            show_refusal(form, error, "last_day")
        else:
            messages.success(request, f"{employment.person}’s last day at {employment.agency} is {form.day:%-d %B %Y}.")
            return redirect("people:agency")
    is_over = employment.is_over(today)
    return render(request, "people/agency_leaving.html", {"form": form, "employment": employment, "is_over": is_over})


@requires(Permission.SEE_AGENCY_PEOPLE)
@require_safe
def agency_file(request: HttpRequest, kind: str) -> HttpResponse:
    """Own people as a file, employee number first. `kind` is csv or xlsx."""
    if kind not in ("csv", "xlsx"):
        raise Http404
    user, today = user_of(request), timezone.localdate()
    led = list(Agency.objects.filter(pk__in=user.led_agency_ids).order_by("name"))
    chosen = [one for one in led if one.reference == request.GET.get("organisation")] or led
    rows = [_file_row(employment) for employment in people_of(user, chosen, today)]
    name = f"{chosen[0].name if len(chosen) == 1 else 'Our people'} {today:%Y-%m-%d}"
    sheet = Sheet("People", HEADINGS, rows)
    return csv_response(sheet, name) if kind == "csv" else xlsx_response([sheet], name)


def _file_row(employment: Employment) -> list[object]:
    return [
        employment.employee_number,
        employment.person.name,
        employment.person.email,
        employment.job_title,
        employment.get_kind_display(),
        employment.agency.name,
        employment.manager_name,
        employment.manager_email,
        employment.first_day,
        employment.last_day,
        employment.get_standing_display(),
    ]
