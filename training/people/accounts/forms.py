"""The library's forms in our look and words. The field names are public: `login` and `password` stay."""

import unicodedata
from typing import Any, ClassVar

from allauth.account import forms as library
from allauth.account.models import EmailAddress
from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse

from training.people.accounts import sign_up
from training.people.accounts.limits import saying_how_long
from training.people.models import User
from training.web.forms import MusterFormMixin

ADDRESS_LIMIT = 254  # RFC 5321's longest path, and the database's column
PASSWORD_HINT = "At least 12 characters. Three words that have nothing to do with each other are easy to remember."  # noqa: S105


class Words(forms.BaseForm):
    """Labels and hints in place of the library's, given before `MusterFormMixin` makes sentences of them."""

    words: ClassVar[dict[str, tuple[str, str]]] = {}  # field: label, hint
    left_out: ClassVar[tuple[str, ...]] = ()  # a password is typed once: it can be shown

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.left_out:
            self.fields.pop(name, None)
        for name, field in list(self.fields.items()):
            if isinstance(field, forms.EmailField):
                field = self.fields[name] = AddressField(error_messages={"required": "Enter your e-mail address"})
            if name == "code":
                field = self.fields[name] = CodeField(error_messages={"required": "Enter the code"})
            field.label, field.help_text = self.words.get(name, (field.label, ""))
            field.widget.attrs.pop("placeholder", None)


class AddressField(forms.EmailField):
    """An e-mail address in small letters that fits the database, also after they were made small."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=ADDRESS_LIMIT, **kwargs)

    def clean(self, value: Any) -> str:
        address = str(super().clean(value)).lower()
        if len(address) > ADDRESS_LIMIT:
            raise ValidationError("Enter an e-mail address in full, like name@example.org", code="invalid")
        return address


class CodeField(forms.CharField):
    """Digits, however they were typed or pasted: what is between them is left out."""

    widget = forms.TextInput(
        attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "govuk-input--width-10"}
    )

    def to_python(self, value: Any) -> str:
        return "".join(str(unicodedata.digit(sign)) for sign in str(value or "") if sign.isdecimal())


class SignInForm(MusterFormMixin, Words, library.LoginForm):
    mark_optional = False
    words = {"login": ("E-mail address", ""), "password": ("Password", "")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].error_messages["required"] = "Enter your password, or choose “E-mail me a code instead”"


class RequestCodeForm(MusterFormMixin, Words, library.RequestLoginCodeForm):
    """Also takes what the sign-in form sends: one page, one address, two buttons."""

    words = {"email": ("E-mail address", "")}

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        if data is not None and "email" not in data and "login" in data:
            data = {"email": data["login"]}
        super().__init__(data, *args, **kwargs)

    def clean_email(self) -> str:
        with saying_how_long(current_request(), "request_login_code", self.cleaned_data["email"]):
            return str(super().clean_email())


class SignUpForm(MusterFormMixin, Words, library.SignupForm):
    field_order = ["name", "email", "password1"]
    words = {
        "name": ("Full name", "As it should stand on your certificates"),
        "email": ("E-mail address", "We send a code to it. Use one that you can open now."),
        "password1": ("Password", f"Without one you sign in with a code by e-mail each time. {PASSWORD_HINT}"),
    }

    name = forms.CharField(
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Enter your full name"},
    )
    begun: User | None = None
    account_already_exists: bool

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if not any(character.isalpha() for character in name):
            raise ValidationError("Enter your full name", code="required")
        return name

    def validate_unique_email(self, value: str) -> str:
        email = str(super().validate_unique_email(value))
        if self.account_already_exists:
            self.begun = sign_up.unproved_user(email)
            self.account_already_exists = self.begun is None
        return email

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        typed = self.cleaned_data
        sign_up.remember(request, email=typed["email"], name=typed["name"], password=typed.pop("password1", ""))
        saved: tuple[User | None, HttpResponse | None] = super().try_save(request)
        return saved

    def save(self, request: HttpRequest) -> User:  # noqa: ARG002
        """The login without password or name: see `sign_up`. Somebody who was quicker by a moment has begun it."""
        if self.begun is None:
            try:
                with transaction.atomic():
                    return _begin(self.cleaned_data["email"])
            except IntegrityError:
                self.begun = sign_up.unproved_user(self.cleaned_data["email"])
                if self.begun is None:
                    raise
        return self.begun


def _begin(email: str) -> User:
    user = User.objects.create_user(email)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=False)
    return user


class NameForm(MusterFormMixin, forms.Form):
    """For somebody who has proved an address and whose name we do not have."""

    name = forms.CharField(
        label="Full name",
        help_text="As it should stand on your certificates",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Enter your full name"},
    )
    clean_name = SignUpForm.clean_name


class SignInCodeForm(MusterFormMixin, Words, library.ConfirmLoginCodeForm):
    words = {"code": ("Code", "6 digits")}


class AddressCodeForm(MusterFormMixin, Words, library.ConfirmEmailVerificationCodeForm):
    words = {"code": ("Code", "6 digits")}


class ResetCodeForm(MusterFormMixin, Words, library.ConfirmPasswordResetCodeForm):
    words = {"code": ("Code", "6 digits")}


class ResetPasswordForm(MusterFormMixin, Words, library.ResetPasswordForm):
    words = {"email": ("E-mail address", "")}


class NewPasswordForm(MusterFormMixin, Words, library.ResetPasswordKeyForm):
    words = {"password1": ("New password", PASSWORD_HINT)}
    left_out = ("password2",)


class SetPasswordForm(MusterFormMixin, Words, library.SetPasswordForm):
    words = {"password1": ("Password", PASSWORD_HINT)}
    left_out = ("password2",)


class ChangePasswordForm(MusterFormMixin, Words, library.ChangePasswordForm):
    words = {"oldpassword": ("Password now", ""), "password1": ("New password", PASSWORD_HINT)}
    left_out = ("password2",)


class ChangeAddressForm(MusterFormMixin, Words, library.AddEmailForm):
    words = {"email": ("New e-mail address", "We send a code to it. Nothing changes until you have typed that in.")}


class PasswordAgainForm(MusterFormMixin, Words, library.ReauthenticateForm):
    words = {"password": ("Password", "")}


def current_request() -> HttpRequest:
    """The request being answered, which the library keeps for forms that are not handed it."""
    from allauth.core import context

    request: HttpRequest = context.request
    return request
