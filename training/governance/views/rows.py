"""Rows by the reference in an address, and an action whose refusal becomes a message."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from training.governance.errors import GovernanceError
from training.governance.models import ActionPoint, AgendaItem, Meeting, Recommendation


def meeting_or_404(reference: str) -> Meeting:
    return get_object_or_404(Meeting.objects.select_related("body"), reference=reference)


def item_or_404(reference: str) -> AgendaItem:
    return get_object_or_404(AgendaItem.objects.select_related("body"), reference=reference)


def action_or_404(reference: str) -> ActionPoint:
    return get_object_or_404(ActionPoint.objects.select_related("meeting__body", "owner"), reference=reference)


def recommendation_or_404(reference: str) -> Recommendation:
    return get_object_or_404(Recommendation.objects.select_related("review", "decision"), reference=reference)


def saved(request: HttpRequest, form: Form, action: Callable[[], object], sentence: str) -> bool:
    """Do it and say so; a refusal stands on the form, with all that was typed."""
    try:
        action()
    except GovernanceError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, sentence)
    return True
