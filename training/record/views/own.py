"""What somebody has done, and the papers for it: their own, or a person's for the coordinator."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from training.people.access import requires, user_of
from training.people.models import Partnership, Person
from training.people.models.person import log_view
from training.people.permissions import Permission
from training.people.views.rows import own_person, person_or_404
from training.record.certificates import SOURCE, certificate_data
from training.record.models import Achievement, AchievementQuerySet
from training.record.tables import record_table
from training.web.downloads import pdf_response
from training.web.pages import paginate

# A binder of more than this is a list, not a pack of certificates.
MOST_PAGES = 200


def done_by(request: HttpRequest, person: Person) -> AchievementQuerySet:
    """What this person did, as far as this user may see it, the latest first."""
    rows = Achievement.objects.visible_to(user_of(request)).filter(person=person).with_waiting(timezone.localdate())
    return rows.select_related("version__course", "person").order_by("-on", "-pk")


@requires(Permission.OWN_RECORD)
@require_safe
def my_record(request: HttpRequest) -> HttpResponse:
    page = paginate(request, done_by(request, own_person(request)))
    has_papers = any(row.source != Achievement.Source.ELSEWHERE for row in page)
    return render(
        request, "record/my_record.html", {"page": page, "table": record_table(page), "has_papers": has_papers}
    )


@requires(Permission.OWN_RECORD)
@require_safe
def my_certificates(request: HttpRequest) -> HttpResponse:
    """All of one's own as one file, the latest first; those that wait for a form are left out."""
    rows = list(done_by(request, own_person(request)).certified().prefetch_related("version__outcomes")[:MOST_PAGES])
    ready = [row for row in rows if not row.is_waiting]
    if not ready:
        messages.info(request, "You have no certificate yet. It is here when the register of your course is in.")
        return redirect("record:my-record")
    return _pdf(ready, "My certificates")


@requires(Permission.OWN_RECORD)
@require_safe
def certificate_pdf(request: HttpRequest, serial: str) -> HttpResponse:
    """One's own; a lead's people's; anybody's for the coordinator, who sends it to whoever lost it."""
    user, today = user_of(request), timezone.localdate()
    rows = Achievement.objects.visible_to(user).certified().with_waiting(today).select_related("person", "version")
    row = get_object_or_404(rows.prefetch_related("version__outcomes"), serial=serial.upper())
    if row.is_waiting:
        messages.info(
            request, "This certificate is here the morning after the form at the end of the course is answered."
        )
        return redirect("record:my-record" if row.person_id == user.person_id else "people:home")
    log_view(row.person, by=user, page="record:certificate-pdf", now=timezone.now())
    return _pdf([row], f"Certificate {row.version} {row.on:%Y-%m-%d}")


@requires(Permission.SEE_ALL_PEOPLE)
@require_safe
def person_record(request: HttpRequest, reference: str) -> HttpResponse:
    person = person_or_404(user_of(request), reference)
    if person.merged_into is not None:
        return redirect("record:person-record", person.merged_into.reference)
    log_view(person, by=user_of(request), page="record:person-record", now=timezone.now())
    page = paginate(request, done_by(request, person))
    return render(request, "record/person_record.html", {"person": person, "page": page, "table": record_table(page)})


def _pdf(rows: list[Achievement], name: str) -> HttpResponse:
    partnership = Partnership.objects.first()
    if partnership is None:
        raise Http404
    return pdf_response(SOURCE, certificate_data(rows, partnership), name)
