"""The sign-in library's mails, sent through the outbox under our own words."""

import datetime
import uuid
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from training.outbox.posting import Recipient, post
from training.people.emails import absolute
from training.people.models import User

# Mails that carry a code, and for how many seconds it works.
CODE_SECONDS = {
    "login_code": settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT,
    "email_confirmation": 15 * 60,
    "email_confirmation_signup": 15 * 60,
    "password_reset_code": settings.ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT,
}
# What the templates may use of the library's context: never the request.
PASSED_ON = ("code", "timestamp", "from_email", "to_email")


def post_account_mail(name: str, address: str, context: dict[str, Any]) -> None:
    """Write the mail `templates/messages/account/<name>.txt` to this address. A code goes out in time or not at all."""
    now = timezone.now()
    seconds = CODE_SECONDS.get(name)
    links = {"sign_in": absolute("account_login"), "sign_up": absolute("account_signup")}
    with transaction.atomic():
        post(
            f"account.{name}",
            key=uuid.uuid4().hex,
            to=_recipient(address, context.get("user")),
            now=now,
            context={key: context.get(key) for key in PASSED_ON} | links | {"minutes": (seconds or 0) // 60},
            has_secret=seconds is not None,
            expires_at=now + datetime.timedelta(seconds=seconds) if seconds else None,
        )


def _recipient(address: str, user: User | None) -> Recipient:
    """With the name of whoever is known to hold the address: a name just typed in could be anything."""
    held = EmailAddress.objects.filter(email__iexact=address, verified=True).select_related("user__person").first()
    holder: User | None = held.user if held else user
    person = holder.person if holder else None
    return Recipient(address, person.name, person.reference) if person else Recipient(address)
