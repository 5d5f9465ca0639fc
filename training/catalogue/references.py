"""References of dates as the partnership writes them: E0141, E0142, …"""

from django.db.models import BigIntegerField, Max
from django.db.models.functions import Cast, Substr

from training.catalogue.models import Event


def next_reference() -> str:
    """The one after the highest in use. Two at once get the same: whoever writes it second tries again."""
    number = Cast(Substr("reference", 2), BigIntegerField())
    numbered = Event.objects.filter(reference__regex=r"^E\d{4,9}$").annotate(number=number)
    highest = numbered.aggregate(highest=Max("number"))["highest"] or 0
    return f"E{highest + 1:04}"
