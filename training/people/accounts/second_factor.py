"""The second step: an authenticator app, and recovery codes for the day the phone is lost."""

import io
from typing import Any

import segno
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base import forms as library
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.forms import GenerateRecoveryCodesForm
from allauth.mfa.totp.forms import ActivateTOTPForm, DeactivateTOTPForm
from django.core.cache import cache

from training.people.accounts.forms import Words, current_request
from training.people.accounts.limits import saying_how_long
from training.people.accounts.sealing import seal, unseal
from training.web.forms import MusterFormMixin

CODE_LIVES_SECONDS = 120  # longer than a code is taken, with MFA_TOTP_TOLERANCE of one step


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "That code is not right. Wait for the next one in your app and type that.",
        "unverified_email": "Prove your e-mail address with a code before you set up a second step.",
        "cannot_generate_recovery_codes": "Set up an authenticator app first.",
    }

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def build_totp_svg(self, url: str) -> str:
        picture = io.BytesIO()
        segno.make(url, error="m", micro=False).save(picture, kind="svg", scale=6, border=4, light="#fff")
        return picture.getvalue().decode()


class OnceOnly(library.BaseAuthenticateForm):
    """A code of the app is good once. The library forgets it after one step, while it is taken for three."""

    def clean_code(self) -> str:
        with saying_how_long(current_request(), "login_failed", f"mfa-auth-user-{self.user.pk}"):
            code = str(super().clean_code())
        if self.authenticator.type == Authenticator.Type.TOTP and not self._is_first_use(code):
            raise SecondFactorAdapter().validation_error("incorrect_code")
        return code

    def _is_first_use(self, code: str) -> bool:
        key = f"second-step-used:{self.user.pk}:{normalize_user_code(code)}"
        return bool(cache.add(key, True, timeout=CODE_LIVES_SECONDS))


APP_CODE = ("Code", "The 6 digits that your authenticator app shows now, or one of your recovery codes")


class SecondStepForm(MusterFormMixin, Words, OnceOnly, library.AuthenticateForm):
    words = {"code": APP_CODE}


class SecondStepAgainForm(MusterFormMixin, Words, OnceOnly, library.ReauthenticateForm):
    words = {"code": APP_CODE}


class SetUpAppForm(MusterFormMixin, Words, ActivateTOTPForm):
    words = {"code": ("Code from the app", "6 digits, new every half minute")}

    @property
    def spelt_secret(self) -> str:
        """The key in groups of four, to type by hand."""
        secret: Any = self.secret
        return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


class RemoveAppForm(MusterFormMixin, Words, DeactivateTOTPForm):
    pass


class NewRecoveryCodesForm(MusterFormMixin, Words, GenerateRecoveryCodesForm):
    pass
