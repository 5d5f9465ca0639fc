"""Where I work: choosing an organisation, saying what one does there, leaving."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.http import require_http_methods, require_safe

from training.people.access import requires, user_of
from training.people.actions.employments import claim_employment, claim_unlisted_employment, end_employment
from training.people.errors import PeopleError
from training.people.finding import find_agencies, tidy_search
from training.people.forms.work import LeavingForm, UnlistedWorkForm, WorkForm
from training.people.models import Agency, Employment, Person
from training.people.permissions import Permission
from training.people.refusals import show_refusal
from training.people.views.rows import agency_or_404, employment_or_404, own_person

CHOICES_SHOWN = 20
GOES_ON_AT = "after-where-i-work"


@requires(Permission.OWN_RECORD)
@require_safe
def where_i_work(request: HttpRequest) -> HttpResponse:
    """Own workplaces, and the list to choose another from: found by typing, own e-mail family first."""
    person, text = own_person(request), tidy_search(request.GET.get("q", ""))
    remember_where_to_go_on(request)
    context = {
        "employments": person.employments.not_over(timezone.localdate()).select_related("agency").order_by("period"),
        "choices": organisation_choices(user_of(request).email, text),
        "q": text,
        "choices_shown": CHOICES_SHOWN,
    }
    return render(request, "people/where_i_work.html", context)


def remember_where_to_go_on(request: HttpRequest) -> None:
    """Somebody on the way to a booking goes on with it once they have said where they work; own site only."""
    address = request.GET.get("next", "")
    if address and url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}):
        request.session[GOES_ON_AT] = address


def organisation_choices(address: str, text: str) -> list[tuple[Agency, bool]]:
    """Organisations to choose from, each with whether the address fits. Without a text only those that fit."""
    family = set(Agency.objects.settled().with_domain_of(address).values_list("pk", flat=True))
    rows: QuerySet[Agency] = Agency.objects.settled().select_related("group")
    found = find_agencies(rows if text else rows.filter(pk__in=family), text)[: CHOICES_SHOWN * 3]
    ordered = sorted(found, key=lambda agency: agency.pk not in family)
    return [(agency, agency.pk in family) for agency in ordered[:CHOICES_SHOWN]]


@requires(Permission.OWN_RECORD)
@require_safe
def work_choose(request: HttpRequest) -> HttpResponse:
    """The radio list's answer: on to the page of the organisation chosen."""
    chosen, text = request.GET.get("agency", ""), tidy_search(request.GET.get("q", ""))
    if chosen == "unlisted":
        return redirect(f"{reverse('people:work-unlisted')}?{urlencode({'name': text})}")
    if not chosen.isalnum():
        messages.error(request, "Choose your organisation, or say that it is not in the list.")
        return redirect(f"{reverse('people:where-i-work')}?{urlencode({'q': text})}")
    return redirect("people:work-add", agency_or_404(chosen).reference)


@requires(Permission.OWN_RECORD)
@require_http_methods(["GET", "POST"])
def work_add(request: HttpRequest, reference: str) -> HttpResponse:
    user, person, today = user_of(request), own_person(request), timezone.localdate()
    agency = _choosable_or_404(person, reference)
    held = person.employments.not_refused().not_over(today).filter(agency=agency).first()
    form = WorkForm(request.POST or None, initial=WorkForm.initial_of(held) if held else None)
    if request.method == "POST" and form.is_valid():
        try:
            employment = claim_employment(
                person=person, agency=agency, by=user, now=timezone.now(), from_day=today, **form.details
            )
        except PeopleError as error:
            show_refusal(form, error)
        else:
            return _told(request, employment)
    return render(request, "people/work_add.html", {"form": form, "agency": agency, "held": held})


def _choosable_or_404(person: Person, reference: str) -> Agency:
    agency = get_object_or_404(Agency, reference=reference.upper())
    is_own = person.employments.filter(agency=agency).exists()
    return get_object_or_404(Agency.objects.all() if is_own else Agency.objects.settled(), pk=agency.pk)


@requires(Permission.OWN_RECORD)
@require_http_methods(["GET", "POST"])
def work_unlisted(request: HttpRequest) -> HttpResponse:
    person, initial = own_person(request), {"organisation": tidy_search(request.GET.get("name", ""))}
    form = UnlistedWorkForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            employment = claim_unlisted_employment(
                person=person,
                agency_name=form.cleaned_data["organisation"],
                by=user_of(request),
                now=timezone.now(),
                from_day=timezone.localdate(),
                **form.details,
            )
        except PeopleError as error:
            show_refusal(form, error)
        else:
            return _told(request, employment)
    return render(request, "people/work_unlisted.html", {"form": form})


def _told(request: HttpRequest, employment: Employment) -> HttpResponse:
    messages.success(request, f"{employment.agency}: saved. {employment.standing_to_oneself}.")
    return redirect(request.session.pop(GOES_ON_AT, None) or "people:where-i-work")


@requires(Permission.OWN_RECORD)
@require_http_methods(["GET", "POST"])
def work_leave(request: HttpRequest, reference: str) -> HttpResponse:
    user, person = user_of(request), own_person(request)
    employment = employment_or_404(user, person.reference, reference)
    form = LeavingForm(request.POST or None, initial={"last_day": employment.last_day})
    if request.method == "POST" and form.is_valid():
        try:
            end_employment(employment=employment, last_day=form.day, by=user, today=timezone.localdate())
        except PeopleError as error:
            show_refusal(form, error, "last_day")
        else:
            messages.success(request, f"Your last day at {employment.agency} is {form.day:%-d %B %Y}.")
            return redirect("people:where-i-work")
    return render(request, "people/work_leave.html", {"form": form, "employment": employment})
