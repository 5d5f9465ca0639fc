"""What waits for a coordinator: claims about workplaces and identities, organisations typed by hand."""

from django.contrib import messages
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Count, OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from training.people.access import requires, user_of
from training.people.actions.employments import settle_employment
from training.people.actions.identity import settle_identity
from training.people.errors import PeopleError
from training.people.forms.persons import AnswerForm
from training.people.models import Agency, Employment, IdentityClaim
from training.people.navigation import people_tabs
from training.people.permissions import Permission
from training.people.settled_words import employment_answer, identity_answer
from training.people.views.rows import agency_or_404, answered_employment_or_404, claim_or_404

SHOWN = 20
ALIKE_ENOUGH = 0.25


@requires(Permission.MANAGE_PEOPLE)
@require_safe
def to_settle(request: HttpRequest) -> HttpResponse:
    """The first twenty of each kind, the longest waiting first: settle these and the next come up."""
    user = user_of(request)
    employments = Employment.objects.visible_to(user).of_present_persons().to_settle()
    identities = IdentityClaim.objects.visible_to(user).open()
    agencies = Agency.objects.to_settle()
    settled_agency = employments.filter(agency__standing=Agency.Standing.SETTLED)
    context = {
        "employments": settled_agency.select_related("person__user", "agency").order_by("pk")[:SHOWN],
        "employments_count": settled_agency.count(),
        "identities": identities.select_related("newcomer", "known").order_by("made_at", "pk")[:SHOWN],
        "identities_count": identities.count(),
        "agencies": _with_suggestions(agencies).order_by("pk")[:SHOWN],
        "agencies_count": agencies.count(),
        "shown": SHOWN,
        "tabs": people_tabs(request),
    }
    return render(request, "people/to_settle.html", context)


def _with_suggestions(agencies: "QuerySet[Agency]") -> "QuerySet[Agency]":
    """Each with up to three known organisations of a similar name, and how many people typed it."""
    alike = Agency.objects.settled().annotate(likeness=TrigramSimilarity("name", OuterRef("name")))  # type: ignore[arg-type]
    alike = alike.filter(likeness__gte=ALIKE_ENOUGH).order_by("-likeness", "name")
    offered = alike.values_list(JSONObject(reference="reference", name="name"))[:3]
    return agencies.annotate(people=Count("employments"), suggestions=ArraySubquery(offered))


@requires(Permission.MANAGE_PEOPLE)
@require_POST
def settle_work(request: HttpRequest, person: str, agency: str) -> HttpResponse:
    user, form = user_of(request), AnswerForm(request.POST)
    employment = answered_employment_or_404(agency_or_404(agency), person)
    try:
        if form.is_valid():
            settled = settle_employment(employment=employment, is_right=form.is_yes, by=user, now=timezone.now())
            messages.success(request, employment_answer(settled))
    except PeopleError as error:
        messages.error(request, str(error))
    return redirect("people:to-settle")


@requires(Permission.MANAGE_PEOPLE)
@require_POST
def settle_identity_claim(request: HttpRequest, reference: str) -> HttpResponse:
    user, form = user_of(request), AnswerForm(request.POST)
    claim = claim_or_404(user, reference)
    try:
        if form.is_valid():
            settled = settle_identity(claim=claim, is_same=form.is_yes, by=user, now=timezone.now())
            messages.success(request, identity_answer(settled))
    except PeopleError as error:
        messages.error(request, str(error))
    return redirect("people:to-settle")
