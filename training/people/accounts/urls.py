"""The pages of signing in and of one's own login, one by one. Included at `/accounts/`."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import path

from training.people.accounts import views
from training.people.accounts.views import open_to_all, signed_in

urlpatterns = [
    path("login/", open_to_all(account.login), name="account_login"),
    path("login/code/", open_to_all(account.request_login_code), name="account_request_login_code"),
    path("login/code/confirm/", views.confirm_login_code, name="account_confirm_login_code"),
    path("logout/", open_to_all(account.logout), name="account_logout"),
    path("sign-out-everywhere/", views.sign_out_everywhere, name="account_sign_out_everywhere"),
    path("inactive/", open_to_all(account.account_inactive), name="account_inactive"),
    path("signup/", open_to_all(account.signup), name="account_signup"),
    path("name/", views.name, name="account_name"),
    path("confirm-email/", views.confirm_address, name="account_email_verification_sent"),
    path("reauthenticate/", signed_in(account.reauthenticate), name="account_reauthenticate"),
    path("email/", signed_in(account.email), name="account_email"),
    path("password/change/", signed_in(account.password_change), name="account_change_password"),
    path("password/set/", signed_in(account.password_set), name="account_set_password"),
    path("password/reset/", open_to_all(account.password_reset), name="account_reset_password"),
    path("password/reset/confirm/", views.confirm_reset_code, name="account_confirm_password_reset_code"),
    path(
        "password/reset/complete/", open_to_all(account.complete_password_reset), name="account_complete_password_reset"
    ),
    path(
        "password/reset/done/",
        open_to_all(account.password_reset_from_key_done),
        name="account_password_reset_completed",
    ),
    path("2fa/", signed_in(mfa.index), name="mfa_index"),
    path("2fa/authenticate/", open_to_all(mfa.authenticate), name="mfa_authenticate"),
    path("2fa/reauthenticate/", signed_in(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("2fa/totp/activate/", signed_in(totp.activate_totp), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", signed_in(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", signed_in(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "2fa/recovery-codes/generate/", signed_in(recovery.generate_recovery_codes), name="mfa_generate_recovery_codes"
    ),
    path(
        "2fa/recovery-codes/download/", signed_in(recovery.download_recovery_codes), name="mfa_download_recovery_codes"
    ),
]
