"""Text messages, by GOV.UK Notify (https://docs.notifications.service.gov.uk/rest-api.html).

One template there holds nothing but `((message))`, so that the words are ours. Notify sends a second request again, so
before any further try it is asked for the message's reference: what it has is not sent twice.
"""

import base64
import hashlib
import hmac
import http.client
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from typing import Any

from django.conf import settings

from training.outbox.models import Attempt, Message

# Three parts of 153 letters: what a telephone shows as one message.
MOST_LETTERS = 459
KEY_PART = 36
Outcome = Attempt.Outcome


def are_on() -> bool:
    return settings.TEXT_MESSAGES != "off"


def hand_over_text(message: Message) -> tuple[Attempt.Outcome, str]:
    """The outcome and what the service said. In the demonstration it is kept, and read at `/outbox/`."""
    if settings.TEXT_MESSAGES == "kept":
        return Outcome.ACCEPTED, ""
    if settings.TEXT_MESSAGES == "off":
        return Outcome.REFUSED, "Text messages are switched off."
    try:
        if message.attempts_made > 1 and _known(message):
            return Outcome.ACCEPTED, "It was there already."
        _ask("/v2/notifications/sms", _body(message))
    except urllib.error.HTTPError as error:
        with error:
            said = _said(error)
        return (Outcome.REFUSED if error.code == http.client.BAD_REQUEST else Outcome.PUT_OFF), said
    except urllib.error.URLError as error:  # never reached
        return Outcome.PUT_OFF, str(error.reason)
    except (OSError, http.client.HTTPException, ValueError) as error:  # broke off after it had the message
        return Outcome.UNCERTAIN, str(error) or type(error).__name__
    return Outcome.ACCEPTED, ""


def failed_texts() -> list[tuple[str, str, str]]:
    """The latest that no telephone took: Notify's id, our reference, and why. Raises OSError, ValueError."""
    found: list[tuple[str, str, str]] = []
    for status in ("permanent-failure", "temporary-failure"):
        query = urllib.parse.urlencode({"template_type": "sms", "status": status})
        rows = _ask(f"/v2/notifications?{query}").get("notifications", [])
        found += [(str(row["id"]), str(row.get("reference") or ""), status.replace("-", " ")) for row in rows]
    return found


def _body(message: Message) -> dict[str, Any]:
    return {
        "phone_number": message.to_number,
        "template_id": settings.NOTIFY_TEMPLATE,
        "personalisation": {"message": message.text.strip()},
        "reference": message.reference,
    }


def _known(message: Message) -> bool:
    query = urllib.parse.urlencode({"reference": message.reference})
    return bool(_ask(f"/v2/notifications?{query}").get("notifications"))


def _ask(path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    data = json.dumps(body).encode() if body is not None else None
    headers = {"Authorization": f"Bearer {_token()}", "Content-Type": "application/json", "User-Agent": "Muster"}
    request = urllib.request.Request(settings.NOTIFY_URL + path, data, headers)  # noqa: S310 - an address of the settings
    with urllib.request.urlopen(request, timeout=settings.EMAIL_TIMEOUT) as answer:  # noqa: S310
        found = json.load(answer)
    if not isinstance(found, dict):
        raise ValueError("the service answered something else")
    return found


def _token() -> str:
    """A JSON Web Token (RFC 7519) with HMAC-SHA256: the key ends with the service's id and its secret."""
    secret, service = settings.NOTIFY_KEY[-KEY_PART:], settings.NOTIFY_KEY[-2 * KEY_PART - 1 : -KEY_PART - 1]
    parts = [{"typ": "JWT", "alg": "HS256"}, {"iss": service, "iat": int(time.time())}]
    signed = b".".join(_encoded(json.dumps(part).encode()) for part in parts)
    return (signed + b"." + _encoded(hmac.digest(secret.encode(), signed, hashlib.sha256))).decode()


def _encoded(content: bytes) -> bytes:
    return base64.urlsafe_b64encode(content).rstrip(b"=")


def _said(error: urllib.error.HTTPError) -> str:
    """The service's own sentences, which name the wrong number."""
    try:
        sentences = [str(one["message"]) for one in json.load(error)["errors"]]
    except (ValueError, KeyError, TypeError, OSError):
        sentences = [str(error.reason)]
    return f"{error.code} {' '.join(sentences)}"
