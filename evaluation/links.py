"""Personal links to the forms.

The token is made anew from the invitation's reference whenever a message or a page needs it, so that the first
message and its reminders carry the same link; the database keeps its hash alone.
"""

import base64

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from evaluation.models import Invitation, ManagerDigest
from training.web.tokens import hash_token

SALT, MANAGER_SALT = "muster.evaluation.invitation", "muster.evaluation.manager"


def token_of(reference: str, salt: str = SALT) -> str:
    """43 characters for an address; only whoever knows the secret key of this installation can make them."""
    digest = salted_hmac(salt, reference, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def manager_token_of(reference: str) -> str:
    return token_of(reference, MANAGER_SALT)


def token_hash_of(reference: str) -> str:
    return hash_token(token_of(reference))


def path_of(invitation: Invitation) -> str:
    return reverse("evaluation:answer", args=[token_of(invitation.reference)])


def link_of(invitation: Invitation) -> str:
    """The whole address, as a message prints it."""
    return f"{settings.PUBLIC_URL}{path_of(invitation)}"


def manager_path_of(digest: ManagerDigest) -> str:
    return reverse("evaluation:confirm", args=[manager_token_of(digest.reference)])


def manager_link_of(digest: ManagerDigest) -> str:
    return f"{settings.PUBLIC_URL}{manager_path_of(digest)}"
