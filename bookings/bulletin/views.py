"""The monthly bulletin: what somebody wants, the page behind a mail's link, and the coordinator's release."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from bookings.bulletin.choosing import choose_mails, is_wanted, read_stop_token, stop_or_start_mails
from bookings.bulletin.emails import bulletin_message
from bookings.bulletin.forms import IntroductionForm, MailsForm
from bookings.bulletin.letters import letter_of
from bookings.bulletin.pool import load_pool
from bookings.bulletin.profiles import profiles, sample_reader
from bookings.bulletin.readers import wanting
from bookings.bulletin.releasing import begin_bulletin, introduce_bulletin, new_since, release_bulletin
from bookings.errors import BookingsError
from bookings.filling import leading
from bookings.models import Bulletin, BulletinReader, MailChoice
from training.catalogue.finding.wanted import Choices
from training.people.access import requires, user_of
from training.people.emails import absolute
from training.people.permissions import Permission
from training.people.views.rows import own_person
from training.web.access import public
from training.web.when import london_day
from training.web.words import count

SHOWN = 24


@requires(Permission.OWN_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def my_mails(request: HttpRequest) -> HttpResponse:
    person, now = own_person(request), timezone.now()
    said = {choice.kind: choice for choice in MailChoice.objects.filter(person=person)}
    leads = leading(now).filter(person=person).exists()
    form = MailsForm(request.POST or None, choices=Choices.load(), said=said, leads=leads)
    if request.method == "POST" and form.is_valid():
        choose_mails(person=person, wanted=form.wanted, about=form.about, by=person, now=now)
        messages.success(request, "Saved. You can change this whenever you like.")
        return redirect("people:my")
    return render(request, "bookings/my_mails.html", {"form": form, "person": person})


@csrf_exempt  # the link is the only authority here; a mail program that stops a list has no cookie (RFC 8058)
@public
@require_http_methods(["GET", "HEAD", "POST"])
def mail_choice(request: HttpRequest, token: str) -> HttpResponse:
    """Opening changes nothing: a button on it, or the mail program's own POST, stops the mails."""
    found = read_stop_token(token)
    if found is None:
        return _private(render(request, "bookings/mail_choice_unknown.html", status=404))
    person, kind = found
    if request.method == "POST":
        by_program = request.POST.get("List-Unsubscribe") == "One-Click"
        way = MailChoice.Way.MAIL_PROGRAM if by_program else MailChoice.Way.LINK
        wants = not by_program and request.POST.get("do") == "start"
        stop_or_start_mails(person=person, kind=kind, is_wanted=wants, way=way, now=timezone.now())
    context = {"kind": kind, "is_wanted": is_wanted(person, kind), "was_asked": request.method == "POST"}
    return _private(render(request, "bookings/mail_choice.html", context))


@requires(Permission.MANAGE_BOOKINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def bulletins(request: HttpRequest) -> HttpResponse:
    """All of them; a POST begins this month's."""
    now = timezone.now()
    if request.method == "POST":
        return redirect("bookings:bulletin", begin_bulletin(by=user_of(request), now=now).reference)
    written = Count("readers", filter=Q(readers__outcome=BulletinReader.Outcome.WRITTEN))
    rows = Bulletin.objects.annotate(written=written, people=Count("readers")).select_related("released_by")[:SHOWN]
    month = london_day(now).replace(day=1)
    has_begun = Bulletin.objects.filter(month=month).exists()
    context = {"rows": rows, "month": month, "has_begun": has_begun, "wanting": wanting().count()}
    return render(request, "bookings/bulletins.html", context)


@requires(Permission.MANAGE_BOOKINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def bulletin(request: HttpRequest, reference: str) -> HttpResponse:
    """Its introduction, whom it goes to by kind, and a sample for each kind: `?kind=2`."""
    row = get_object_or_404(Bulletin.objects.select_related("released_by"), reference=reference)
    form = IntroductionForm(request.POST or None, initial={"introduction": row.introduction, "revision": row.revision})
    if request.method == "POST" and form.is_valid():
        try:
            introduce_bulletin(bulletin=row, by=user_of(request), **form.cleaned_data)
        except BookingsError as error:
            form.add_error(None, str(error))
            form.renew(row.revision)
        else:
            messages.success(request, "Saved.")
            return redirect("bookings:bulletin", row.reference)
    return render(request, "bookings/bulletin.html", {"row": row, "form": form, **_shown(row, request)})


@requires(Permission.MANAGE_BOOKINGS)
@require_POST
def bulletin_release(request: HttpRequest, reference: str) -> HttpResponse:
    row = get_object_or_404(Bulletin, reference=reference)
    revision = request.POST.get("revision", "")
    read = int(revision) if revision.isdecimal() and len(revision) < 9 else 0
    try:
        released = release_bulletin(bulletin=row, revision=read, by=user_of(request), now=timezone.now())
    except BookingsError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Released to {count(released.readers.count(), 'person', 'people')}.")
    return redirect("bookings:bulletin", row.reference)


def _shown(row: Bulletin, request: HttpRequest) -> dict[str, object]:
    """While it is a draft: the kinds of reader, and the letter of the one chosen."""
    if row.released_at:
        outcomes = dict(row.readers.values_list("outcome").annotate(n=Count("pk")).order_by())
        return {"written": outcomes.get("written", 0), "people": sum(outcomes.values()), "outcomes": outcomes}
    now = timezone.now()
    kinds = profiles(now)
    asked = request.GET.get("kind", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 4 and int(asked) < len(kinds) else 0
    pool = load_pool(since=new_since(row), now=now)
    sample = letter_of(sample_reader(kinds[number][0]), pool) if kinds else None
    preview = bulletin_message(row, sample, absolute("bookings:my-mails")) if sample else None
    return {"kinds": kinds, "number": number, "preview": preview, "people": sum(n for _, n in kinds)}


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    return response
