"""Muster's settings: one file, every value that differs between installations from the environment.

`docs/deploy.md` lists the variables. The demonstration (`MUSTER_DEMO=1`) and the tests
set a few of them; nothing else in the code asks which of the three it is running in.
"""

from pathlib import Path

import environ
import pghistory
from celery.schedules import crontab
from csp.constants import NONE, SELF

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent.parent

# --- What kind of installation ------------------------------------------------------------

DEMO = env.bool("MUSTER_DEMO", default=False)
DEBUG = env.bool("MUSTER_DEBUG", default=False)
HTTPS = env.bool("MUSTER_HTTPS", default=not DEMO)
SECRET_KEY = env.str("MUSTER_SECRET_KEY")
ALLOWED_HOSTS = env.list("MUSTER_ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("MUSTER_TRUSTED_ORIGINS", default=[])
# The address that links in messages start with; there is no request to ask when a worker writes.
PUBLIC_URL = env.str("MUSTER_PUBLIC_URL", default="http://localhost:8000").rstrip("/")

# --- Apps, in the order in which imports may go (the last may import all before it) --------

LAYERS = [
    "training.web",
    "training.outbox",
    "training.people",
    "training.governance",
    "training.catalogue",
    "training.record",
    "training.elearning",
    "training.programme",
    "providers",
    "bookings",
    "evaluation",
]
# Where each app answers the few calls that go out to all of them: see training/config/parts.py.
PARTS = [
    "training.people.parts",
    "training.governance.parts",
    "training.catalogue.parts",
    "training.record.parts",
    "training.elearning.parts",
    "training.programme.parts",
    "providers.parts",
    "bookings.parts",
    "evaluation.parts",
]
INSTALLED_APPS = [
    *LAYERS,
    "training.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",  # after training.web, whose form templates come first
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_filters",
    "django_htmx",
    "pghistory",
    "pgtrigger",
    "template_partials",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "training.web.middleware.RequestLogMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "training.people.middleware.NameMiddleware",
    "training.people.middleware.SecondFactorMiddleware",
    "training.people.middleware.AuditContextMiddleware",
]
ROOT_URLCONF = "training.config.urls"
WSGI_APPLICATION = "training.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "training.people.context.partnership",
                "training.people.context.navigation",
            ],
            "builtins": ["training.web.templatetags.muster", "template_partials.templatetags.partials"],
        },
    }
]
FORM_RENDERER = "training.web.forms.MusterRenderer"

# --- PostgreSQL, Redis, the queue -----------------------------------------------------------

DATABASES = {"default": env.db("DATABASE_URL", default="postgres://muster@127.0.0.1/muster")}
DATABASES["default"]["CONN_MAX_AGE"] = 0  # the pool keeps connections, not Django
DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {
    "min_size": 0,
    "max_size": env.int("MUSTER_DATABASE_POOL", default=6),
    "timeout": 10,
}
# A database with all migrations applied, which test databases start from: see training/demo/template.py.
DATABASES["default"]["TEST"] = {"TEMPLATE": env.str("MUSTER_TEST_TEMPLATE", default=None)}

REDIS_URL = env.str("REDIS_URL", default="redis://127.0.0.1:6379/0")
CACHES = {
    "default": {
        "BACKEND": "training.people.accounts.counting.CountingCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "muster",
    }
}
# How long what a search of the catalogue found is kept for those who ask the same (ADR 14); 0 never.
CATALOGUE_REMEMBERED_SECONDS = env.int("MUSTER_CATALOGUE_SECONDS", default=60)
SESSION_ENGINE = "django.contrib.sessions.backends.db"  # without Redis nobody is signed out
SESSION_COOKIE_AGE = 12 * 60 * 60

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 15 * 60
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A page must not wait for a broker that is away: the outbox's sweep sends what was not queued.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "max_retries": 0,  # of one publishing; a worker goes on looking for its broker all the same
    "socket_connect_timeout": 1,
    "socket_timeout": 1,
    "visibility_timeout": 3600,
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TIMEZONE = "Europe/London"
# Task, when, and after how many seconds in the queue a call is stale: the next one does its work too.
# What the clock does anyway within a minute and an import of dates need not wait for.
AFTER_IMPORT_OF_DATES = ["bookings.tasks.tell_changes", "bookings.tasks.fill_free_places"]
CELERY_BEAT_SCHEDULE = {
    task: {"task": task, "schedule": schedule, "options": {"expires": expires}}
    for task, schedule, expires in (
        ("training.outbox.tasks.sweep_outbox", 15.0, 15),
        ("training.outbox.tasks.read_mailbox", crontab(minute="*/2"), 120),
        ("training.outbox.tasks.ask_after_texts", crontab(minute="*/10"), 300),
        ("training.people.tasks.forget_uploads", crontab(minute=50), None),
        ("training.people.tasks.forget_tries", crontab(minute=20), None),
        ("training.outbox.tasks.forget_messages", crontab(hour=3, minute=40), None),
        ("training.programme.tasks.tell_interested", crontab(minute="*/5"), 300),
        ("bookings.tasks.end_offers", 60.0, 60),
        ("bookings.tasks.fill_free_places", 60.0, 60),
        ("bookings.tasks.finish_own_time", crontab(minute="*/10"), 600),
        ("bookings.tasks.forget_sheets", crontab(hour=3, minute=45), None),
        ("bookings.tasks.forget_adjustments", crontab(hour=3, minute=30), None),
        ("bookings.tasks.tell_changes", 60.0, 60),
        ("bookings.tasks.take_answers", 60.0, 60),
        ("bookings.tasks.tell_disruptions", 20.0, 20),
        ("bookings.tasks.lose_passed_dates", crontab(minute=35), 3600),
        ("bookings.tasks.ask_still_coming", crontab(minute="*/5"), 300),
        ("bookings.tasks.send_joining_instructions", crontab(minute="*/5"), 300),
        ("bookings.tasks.send_joining_links", crontab(minute="*/5"), 300),
        ("bookings.tasks.send_day_before", crontab(hour="15-20", minute="*/10"), 300),
        ("bookings.tasks.write_to_leads", crontab(hour=7, minute=20), None),
        ("bookings.tasks.find_missed", crontab(hour="9-16", minute=25), None),
        ("bookings.tasks.write_bulletins", 60.0, 60),
        ("bookings.tasks.chase_incidents", crontab(hour="9-16", minute=20), None),
        ("evaluation.tasks.plan_asking", crontab(minute="*/5"), 300),
        ("evaluation.tasks.post_invitations", crontab(minute="*/5"), 300),
        ("evaluation.tasks.remind_people", crontab(hour="9-16", minute=10), None),
        ("evaluation.tasks.ask_managers", crontab(hour="9-16", minute=40), None),
        ("evaluation.tasks.remind_managers", crontab(hour="9-16", minute=50), None),
        ("evaluation.tasks.forget_managers", crontab(hour=3, minute=50), None),
        ("evaluation.tasks.note_answered", crontab(hour=3, minute=20), None),
        ("evaluation.tasks.chase_concerns", crontab(minute="*/15"), 900),
        ("evaluation.tasks.write_take_outs", crontab(minute="*/5"), 300),
        ("evaluation.tasks.forget_take_outs", crontab(minute=35), None),
        ("evaluation.tasks.assess_providers", crontab(hour=4, minute=10), None),
    )
}

# --- People signing in ------------------------------------------------------------------------

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["training.people.accounts.backend.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "people:home"
LOGOUT_REDIRECT_URL = "people:home"

ACCOUNT_ADAPTER = "training.people.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]  # without a password people sign in with codes
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True  # a code, not a link: mail scanners open links
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True  # for SESSION_COOKIE_AGE, with a password as with a code
# A whole training room, or a hospital, comes from one address: what protects an account is counted by account.
# Three guesses a code and twenty codes a day: sixty guesses a day at a million.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "60/m/ip,5/5m/key",
    "signup": "60/m/ip",
    "request_login_code": "120/m/ip,4/5m/key,20/d/key",
    "reset_password": "60/m/ip,4/5m/key,20/d/key",
    "confirm_email": "4/5m/key,20/d/key",
}
# How many proxies of ours a request comes through; their X-Forwarded-For says who asks.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int(
    "MUSTER_PROXY_COUNT", default=1 if env.bool("MUSTER_BEHIND_PROXY", default=False) else 0
)
ACCOUNT_FORMS = {
    "login": "training.people.accounts.forms.SignInForm",
    "signup": "training.people.accounts.forms.SignUpForm",
    "add_email": "training.people.accounts.forms.ChangeAddressForm",
    "change_password": "training.people.accounts.forms.ChangePasswordForm",
    "set_password": "training.people.accounts.forms.SetPasswordForm",
    "reset_password": "training.people.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "training.people.accounts.forms.NewPasswordForm",
    "reauthenticate": "training.people.accounts.forms.PasswordAgainForm",
    "request_login_code": "training.people.accounts.forms.RequestCodeForm",
    "confirm_login_code": "training.people.accounts.forms.SignInCodeForm",
    "confirm_email_verification_code": "training.people.accounts.forms.AddressCodeForm",
    "confirm_password_reset_code": "training.people.accounts.forms.ResetCodeForm",
}
MFA_ADAPTER = "training.people.accounts.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Muster"
MFA_TOTP_TOLERANCE = 1  # half a minute each way, for slow thumbs and slow clocks
MFA_FORMS = {
    "authenticate": "training.people.accounts.second_factor.SecondStepForm",
    "reauthenticate": "training.people.accounts.second_factor.SecondStepAgainForm",
    "activate_totp": "training.people.accounts.second_factor.SetUpAppForm",
    "deactivate_totp": "training.people.accounts.second_factor.RemoveAppForm",
    "generate_recovery_codes": "training.people.accounts.second_factor.NewRecoveryCodesForm",
}

# Whoever holds one of these roles signs in with a second factor or not at all.
SECOND_FACTOR_ROLES = env.list("MUSTER_SECOND_FACTOR_ROLES", default=[] if DEMO else ["coordinator", "administrator"])
# Secrets of second steps are encrypted with the first of these, and read with any of them.
SECOND_FACTOR_KEYS = env.list("MUSTER_SECOND_FACTOR_KEYS", default=[]) or [SECRET_KEY]
# Answers of one person are paired by an HMAC with this key, which is never in the database.
PAIRING_KEY = env.str("MUSTER_PAIRING_KEY")

# --- Asking people what came of a course --------------------------------------------------------

# How long the form of the end stays open, and that of two months on.
EVALUATION_OPEN_DAYS = env.int("MUSTER_EVALUATION_OPEN_DAYS", default=21)
EVALUATION_FOLLOW_UP_OPEN_DAYS = env.int("MUSTER_FOLLOW_UP_OPEN_DAYS", default=28)
# "Two months on" is asked between these days after the end; 42 and 56 are six and eight weeks.
EVALUATION_FOLLOW_UP_DAYS = (
    env.int("MUSTER_FOLLOW_UP_FIRST_DAY", default=42),
    env.int("MUSTER_FOLLOW_UP_LAST_DAY", default=56),
)
# Nobody gets more than one such request in so many days.
EVALUATION_FOLLOW_UP_REST_DAYS = env.int("MUSTER_FOLLOW_UP_REST_DAYS", default=30)
EVALUATION_REMINDER_DAYS = (3, 7)
# Managers are asked once a month about their people; the link stays open so long, and their names and addresses are
# kept so long after it has closed.
EVALUATION_MANAGER_OPEN_DAYS = env.int("MUSTER_MANAGER_OPEN_DAYS", default=28)
EVALUATION_MANAGER_KEPT_DAYS = env.int("MUSTER_MANAGER_KEPT_DAYS", default=365)
# Whoever has not answered is reminded once, so many working days after the digest; 0 for never.
EVALUATION_MANAGER_REMINDER_DAYS = env.int("MUSTER_MANAGER_REMINDER_DAYS", default=7)
# Evidence that nobody has checked for so long counts for nothing.
EVIDENCE_MONTHS = env.int("MUSTER_EVIDENCE_MONTHS", default=24)
# When schools are closed; each council sets its own. Nobody is asked for a follow-up or reminded then, and the
# page of a date that falls into them says so.
SCHOOL_HOLIDAYS = env.list(
    "MUSTER_SCHOOL_HOLIDAYS",
    default=[
        "2025-07-23/2025-08-31",
        "2025-10-27/2025-10-31",
        "2025-12-22/2026-01-02",
        "2026-02-16/2026-02-20",
        "2026-03-30/2026-04-10",
        "2026-05-25/2026-05-29",
        "2026-07-22/2026-08-31",
        "2026-10-26/2026-10-30",
        "2026-12-21/2027-01-01",
        "2027-02-15/2027-02-19",
        "2027-03-26/2027-04-09",
        "2027-05-31/2027-06-04",
        "2027-07-22/2027-08-31",
        "2027-10-25/2027-10-29",
        "2027-12-20/2027-12-31",
        "2028-02-14/2028-02-18",
        "2028-04-03/2028-04-17",
        "2028-05-29/2028-06-02",
        "2028-07-21/2028-08-31",
    ],
)

# --- The audit: every change of what may be challenged, in tables that refuse UPDATE and DELETE ----

PGHISTORY_DEFAULT_TRACKERS = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
PGHISTORY_APPEND_ONLY = True
PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(related_name="history")

# --- Messages -----------------------------------------------------------------------------------

_mail = env.email("EMAIL_URL", default="smtp://127.0.0.1:25")
if _mail["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend":
    _mail["EMAIL_BACKEND"] = "training.outbox.smtp.StagedEmailBackend"
vars().update(_mail)
EMAIL_TIMEOUT = env.int("MUSTER_EMAIL_TIMEOUT", default=20)
DEFAULT_FROM_EMAIL = env.str("MUSTER_SENDER", default="Bankside safeguarding training <training@muster.example>")
# Where mail that came back and the answers of calendars arrive: imaps://name:password@host/INBOX.
MAILBOX_URL = env.str("MUSTER_MAILBOX_URL", default="")
# Text messages by GOV.UK Notify: its key, and the id of a template that holds nothing but ((message)). The
# demonstration keeps them to be read at /outbox/.
NOTIFY_KEY = env.str("MUSTER_NOTIFY_KEY", default="")
NOTIFY_TEMPLATE = env.str("MUSTER_NOTIFY_TEMPLATE", default="")
NOTIFY_URL = env.str("MUSTER_NOTIFY_URL", default="https://api.notifications.service.gov.uk")
TEXT_MESSAGES = "notify" if NOTIFY_KEY and NOTIFY_TEMPLATE else "kept" if DEMO else "off"
# Outside the demonstration nobody reads a body that holds a personal link.
OUTBOX_SHOWS_BODIES = DEMO
# So that "did you tell me?" can be answered for the last financial year.
OUTBOX_KEEP_DAYS = env.int("MUSTER_OUTBOX_KEEP_DAYS", default=400)

# --- Language, time, files ------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False
STATIC_URL = "static/"
STATIC_ROOT = env.path("MUSTER_STATIC_ROOT", default=str(BASE_DIR / "var" / "static"))
# What people attach (photos of signed sheets). No address leads there: views open each file for those who may.
MEDIA_ROOT = env.path("MUSTER_FILES_ROOT", default=str(BASE_DIR / "var" / "files"))
SIGNED_SHEET_MONTHS = env.int("MUSTER_SIGNED_SHEET_MONTHS", default=12)
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {
        "BACKEND": env.str("MUSTER_STATIC_STORAGE", default="whitenoise.storage.CompressedManifestStaticFilesStorage")
    },
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# --- Safety -------------------------------------------------------------------------------------

CSRF_FAILURE_VIEW = "training.web.views.csrf_failure"
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("MUSTER_BEHIND_PROXY", default=False) else None
)
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = HTTPS
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# --- Logs: JSON lines with the request's id, never a token -----------------------------------------

LOG_LEVEL = env.str("MUSTER_LOG_LEVEL", default="INFO")
LOGGING_CONFIG = "training.web.logs.configure"
LOGGING = {"level": LOG_LEVEL, "as_json": not DEMO}
