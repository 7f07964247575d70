"""Settings of the site; every variable that can change one is declared in `luoshi_web.environment`."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from luoshi_web.environment import (
    database_from,
    env_bool,
    env_choice,
    env_int,
    env_list,
    env_secret,
    env_text,
    oidc_from_environment,
)

PACKAGE_DIR = Path(__file__).resolve().parent
DATA_DIR = Path(env_text("LUOSHI_DATA_DIR")).resolve()
MEDIA_ROOT = DATA_DIR / "files"

# A page with the insides of an error on it must never appear, so nothing can switch this on.
DEBUG = False
SECRET_KEY = env_secret("LUOSHI_SECRET_KEY", made_in=DATA_DIR / "secret.key")
ALLOWED_HOSTS = env_list("LUOSHI_ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env_list("LUOSHI_TRUSTED_ORIGINS")
DEMO = env_bool("LUOSHI_DEMO")
PUBLIC = env_bool("LUOSHI_PUBLIC")
OIDC = oidc_from_environment()
IDLE_SECONDS = env_int("LUOSHI_IDLE_MINUTES", least=1) * 60
MAX_UPLOAD_BYTES = env_int("LUOSHI_MAX_UPLOAD_MB", least=1) * 1024 * 1024

ROOT_URLCONF = "luoshi_web.urls"
WSGI_APPLICATION = "luoshi_web.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "js_lib_bootstrap5",
    "luoshi_web.frame",
    "luoshi_web.audit",
    "luoshi_web.accounts",
    "luoshi_web.workdays",
    "luoshi_web.plans",
    "luoshi_web.ledger",
    "luoshi_web.reporting",
    "luoshi_web.registers",
    "luoshi_web.cases",
    "luoshi_web.mail",
    "luoshi_web.supervision",
    "luoshi_web.reconciliation",
    "luoshi_web.briefs",
    "luoshi_web.desk",
    "luoshi_web.board",
    "luoshi_web.portal",
]

MIDDLEWARE = [
    "luoshi_web.frame.middleware.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "luoshi_web.frame.middleware.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "luoshi_web.workdays.middleware.Workdays",
    "luoshi_web.accounts.middleware.SignedIn",
    "luoshi_web.frame.middleware.RefusalPages",
    "luoshi_web.audit.middleware.RefusalsNoted",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "luoshi_web.frame.context.frame",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "luoshi_web.frame.templatetags.frame",
                "luoshi_web.plans.templatetags.plans",
                "luoshi_web.reporting.templatetags.reporting",
                "luoshi_web.cases.templatetags.cases",
                "luoshi_web.supervision.templatetags.supervision",
                "luoshi_web.briefs.templatetags.briefs",
            ],
        },
    },
]

DATABASES = {"default": database_from(env_text("DATABASE_URL"), data_dir=DATA_DIR)}

AUTHENTICATION_BACKENDS = ["luoshi_web.accounts.backend.PasswordBackend"]
LOGIN_URL = "accounts:sign_in"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "luoshi_web.accounts.password.LengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "luoshi_web.accounts.password.CommonValidator"},
    {
        "NAME": "luoshi_web.accounts.password.SimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "display_name", "phone", "email"]},
    },
    {"NAME": "luoshi_web.accounts.password.CharacterClassValidator"},
]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("中文")), ("en", _("英文"))]
LANGUAGE_COOKIE_NAME = "luoshi_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [PACKAGE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = None
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "luoshi_web.frame.assets.DigestStorage"},
}
# Files are served from the installed packages; nothing has to be collected before a start.
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 365 * 24 * 3600

HTTPS = env_bool("LUOSHI_HTTPS")
SESSION_COOKIE_NAME = "luoshi_session"
SESSION_COOKIE_AGE = env_int("LUOSHI_SESSION_HOURS", least=1) * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "luoshi_csrf"
CSRF_FAILURE_VIEW = "luoshi_web.frame.views.csrf_failure"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = env_int("LUOSHI_HSTS_SECONDS")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if env_text("LUOSHI_TRUSTED_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

DATA_UPLOAD_MAX_MEMORY_SIZE = MAX_UPLOAD_BYTES + 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# Imports run in threads of the server; tests run them in the request instead.
IMPORTS_IN_BACKGROUND = True

# Where background work runs: in the server's own process, or in separate workers.
BACKGROUND = env_choice("LUOSHI_BACKGROUND", ("process", "workers"))
SITE_ADDRESS = env_text("LUOSHI_SITE_ADDRESS").rstrip("/")
EMAIL_HOST = env_text("LUOSHI_MAIL_HOST")
EMAIL_PORT = env_int("LUOSHI_MAIL_PORT", least=1)
EMAIL_HOST_USER = env_text("LUOSHI_MAIL_USER")
EMAIL_HOST_PASSWORD = env_text("LUOSHI_MAIL_PASSWORD")
_MAIL_SECURITY = env_choice("LUOSHI_MAIL_SECURITY", ("none", "starttls", "tls"))
EMAIL_USE_TLS, EMAIL_USE_SSL = _MAIL_SECURITY == "starttls", _MAIL_SECURITY == "tls"
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = env_text("LUOSHI_MAIL_FROM")
# Longer than sending can take: after it a mail that was claimed and about which nothing was said is uncertain.
MAIL_PATIENCE = env_int("LUOSHI_MAIL_PATIENCE", least=1)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {
        "handlers": ["console"],
        "level": env_choice("LUOSHI_LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR")),
    },
}
