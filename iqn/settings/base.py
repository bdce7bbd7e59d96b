"""What is true everywhere. Each environment adds only what is unsafe or impossible elsewhere."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from iqn import env

BASE_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = Path(env.env_str("IQN_DATA", str(BASE_DIR / ".iqn")))

# What this portal is called and whom it speaks for
# Colours only, no official symbol is shipped; "gc" is for a department that may use those of Canada.ca
IQN_BRAND = env.env_choice("IQN_BRAND", ("neutral", "gc"))
SITE_ORIGIN = "http://localhost:8000"  # every address in a mail begins with it, never with a request's Host
CONTACT_EMAIL = env.env_str("IQN_CONTACT_EMAIL", "contact@example.org")
DEMO = False

# Applications
INSTALLED_APPS = [
    "modeltranslation",  # before the admin, so that its fields exist there
    "iqn.reference",
    "iqn.history",
    "iqn.submissions",
    "iqn.mail",
    "iqn.files",
    "iqn.pages",
    "members",
    "workgroups.groups",
    "workgroups.meetings",
    "initiatives",
    "iqn.portal",
    "iqn.administration.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",  # the session list of allauth needs it
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_filters",
    "pghistory",
    "pgtrigger",
    "procrastinate.contrib.django",
    "rules",
]
AUTH_USER_MODEL = "members.User"
ROOT_URLCONF = "iqn.urls"
WSGI_APPLICATION = "iqn.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "iqn.headers.PortalHeaders",
    "csp.middleware.CSPMiddleware",
    "iqn.headers.WithoutTrustedTypesUnderAdmin",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "iqn.portal.middleware.RememberLanguage",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "iqn.encodings.RefuseOtherEncodings",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "members.middleware.AccountLanguage",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",  # a public view says so itself
    "members.middleware.SecondFactorForStaff",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "iqn.submissions.middleware.OncePerForm",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.l10n",
                "django.templatetags.static",
                "iqn.ui",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "iqn.portal.chrome.chrome",
            ],
        },
    },
]
FORM_RENDERER = "iqn.rendering.PortalFormRenderer"

# Database
DATABASES = {
    "default": {
        "ENGINE": "iqn.localpg",
        "NAME": "iqn",
        "USER": "iqn",
        "STATE_DIR": DATA_DIR / "postgres",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}
if env.env_secret("DATABASE_URL", ""):
    DATABASES["default"] = {
        **env.env_database("DATABASE_URL"),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }

# A page that asks too much must not hold the database. Set by iqn/wsgi.py, so that the worker, migrations and
# commands of people may take their time
if STATEMENT_TIMEOUT := env.env_int("IQN_STATEMENT_TIMEOUT", 0):
    _options: dict[str, str] = DATABASES["default"].setdefault("OPTIONS", {})  # type: ignore[assignment]
    _options["options"] = f"{_options.get('options', '')} -c statement_timeout={STATEMENT_TIMEOUT}s".strip()

# Counts of rate limits must be shared by all web processes, hence the database. Beyond MAX_ENTRIES (300 if nobody
# says otherwise) a third of them is thrown away, and whoever made the many keys would be free of the limits
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    },
    # Of each process alone: what is dear to compute and may be a minute old
    "memory": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 300},
    },
}

# Languages: our own formats, because Django's fr-ca and en-ca are wrong for official texts
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
LOCALE_PATHS = [
    BASE_DIR / "iqn" / "locale",  # the portal's own words, collected by makemessages; wins
    BASE_DIR / "iqn" / "locale_accounts",  # kept by hand: what allauth and Django's admin say in their code
]
FORMAT_MODULE_PATH = ["iqn.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "America/Halifax"
USE_THOUSAND_SEPARATOR = True
LANGUAGE_COOKIE_NAME = "iqn_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("en", "fr")

# Static files: one joined style sheet, hashed names in production
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "iqn.assets.JoinedStylesheetFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]


def uploads_in(folder: Path) -> dict[str, object]:
    """What people upload: in no folder that is served, readable by the portal alone."""
    modes = {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
    return {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": folder, **modes},
    }


STORAGES: dict[str, object] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    "uploads": uploads_in(DATA_DIR / "uploads"),
}

# Accounts
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "members.backends.AccountBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:home"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "members.passwords.GuessablePasswordValidator"},
]
ACCOUNT_ADAPTER = "members.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "add_email": "members.forms.accounts.AddEmailForm",
    "change_password": "members.forms.accounts.ChangePasswordForm",
    "confirm_email_verification_code": "members.forms.accounts.ConfirmEmailVerificationCodeForm",
    "confirm_login_code": "members.forms.accounts.ConfirmLoginCodeForm",
    "confirm_password_reset_code": "members.forms.accounts.ConfirmPasswordResetCodeForm",
    "login": "members.forms.accounts.LoginForm",
    "reauthenticate": "members.forms.accounts.ReauthenticateForm",
    "reset_password": "members.forms.accounts.ResetPasswordForm",
    "reset_password_from_key": "members.forms.accounts.ResetPasswordKeyForm",
    "set_password": "members.forms.accounts.SetPasswordForm",
    "signup": "members.forms.accounts.SignupForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD = "homepage"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 600
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_REQUIRED = {"password"}
ACCOUNT_LOGIN_BY_CODE_TRUST_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_TIMEOUT = 900
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "portal:home"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_MAX_EMAIL_ADDRESSES = 3
MFA_ADAPTER = "members.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "activate_totp": "members.forms.accounts.ActivateTOTPForm",
    "add_webauthn": "members.forms.accounts.AddPasskeyForm",
    "authenticate": "members.forms.accounts.AuthenticateForm",
    "authenticate_webauthn": "members.forms.accounts.AuthenticatePasskeyForm",
    "edit_webauthn": "members.forms.accounts.EditPasskeyForm",
    "login_webauthn": "members.forms.accounts.LoginPasskeyForm",
    "reauthenticate": "members.forms.accounts.ReauthenticateByCodeForm",
    "reauthenticate_webauthn": "members.forms.accounts.ReauthenticatePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TRUST_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = (
    True  # only so that people with a second factor may add an address: none signs in unproven
)
MFA_TOTP_ISSUER = "IQN"
MFA_TOTP_TOLERANCE = 1  # half a minute either way: clocks of telephones differ, and people type slowly
USERSESSIONS_TRACK_ACTIVITY = False
ALLAUTH_TRUSTED_PROXY_COUNT = 0
STAFF_NEED_SECOND_FACTOR = True
MFA_TRUST_COOKIE_AGE = timedelta(days=30)  # how long "trust this device" lasts

# Sessions and cookies: plain names outside HTTPS, with the port, so that two copies on one host do not collide
PORT = env.env_int("PORT", 8000, least=1)
SESSION_ENGINE = "iqn.sessions"
SESSION_COOKIE_NAME = f"iqn_session_{PORT}"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_NAME = f"iqn_csrf_{PORT}"
MFA_TRUST_COOKIE_NAME = f"iqn_trust_{PORT}"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "iqn.portal.views.errors.csrf_failure"

# Headers (a strict policy from the first page on)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["'none'"],
        "report-uri": "/csp-report/",
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SIGNED_COOKIE_LEGACY_SALT_FALLBACK = False

# Limits of a request
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "iqn.files.receiving.BoundedFileUploadHandler",
]

# Mail: only iqn.mail sends, from its ledger
DEFAULT_FROM_EMAIL = env.env_str("IQN_FROM_EMAIL", "IQN <no-reply@example.org>")
EMAIL_TIMEOUT = 20
MAILBOX_DIR = DATA_DIR / "mailbox"

# Jobs
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
WORKER_SILENT_AFTER = 60  # seconds without a heartbeat until /health/ says so
WORKER_BEHIND_AFTER = 300  # seconds that something due may wait until /health/ says so
WORKER_CONCURRENCY = env.env_int("IQN_WORKER_CONCURRENCY", 4, least=1)  # jobs side by side in one worker

# Rows that tables and lists show
PAGE_SIZE = 25
# A member's first initiative is looked at by staff before it appears
REVIEW_FIRST_INITIATIVE = env.env_bool("IQN_REVIEW_FIRST_INITIATIVE", True)

PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "procrastinate": {"level": "WARNING"},
        "django.request": {"level": "ERROR"},
    },
}


def allowed_host(origin: str) -> str:
    """The host name inside an origin."""
    return urlsplit(origin).hostname or ""
