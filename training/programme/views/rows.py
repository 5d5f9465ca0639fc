"""Rows by the reference in an address, and an action whose refusal becomes a message or an error of the form."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, QueryDict
from django.shortcuts import get_object_or_404

from training.catalogue.models import Course
from training.people.access import user_of
from training.programme.errors import ProgrammeError, StaleError
from training.programme.models import Amendment, Programme, TrainingNeed


def programme_or_404(request: HttpRequest, reference: str) -> Programme:
    return get_object_or_404(Programme.objects.visible_to(user_of(request)), reference=reference)


def amendment_or_404(request: HttpRequest, reference: str) -> Amendment:
    rows = Amendment.objects.filter(programme__in=Programme.objects.visible_to(user_of(request)))
    return get_object_or_404(rows.select_related("programme", "decision__meeting__body"), reference=reference)


def need_or_404(reference: str) -> TrainingNeed:
    rows = TrainingNeed.objects.select_related("priority", "recommendation__review", "agency", "raised_by")
    return get_object_or_404(rows, reference=reference)


def course_or_404(code: str) -> Course:
    return get_object_or_404(Course.objects.prefetch_related("versions"), code=code)


def saved(request: HttpRequest, form: Form, action: Callable[[], object], sentence: str) -> bool:
    """Do it and say so. A refusal stands on the form with all that was typed.

    After a conflict the form carries the revision of now: whoever saves again does so knowingly.
    """
    try:
        action()
    except ProgrammeError as error:
        if isinstance(error, StaleError):
            typed: QueryDict = cast(QueryDict, form.data).copy()
            typed["revision"] = str(error.revision)
            form.data = typed
            form.add_error(None, f"{error} What you typed is kept; look at the plan, then save again.")
        else:
            form.add_error(None, str(error))
        return False
    messages.success(request, sentence)
    return True


def tried(request: HttpRequest, action: Callable[[], object], sentence: str) -> None:
    try:
        action()
    except ProgrammeError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, sentence)
