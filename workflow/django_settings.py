"""Django's settings of the desk; also used by the type checker and the tests.

``workflow.desk_office`` fills in what an office decides: hosts, secret, cookies.
"""

from __future__ import annotations

from site_builder.assets import TEMPLATES as _FOLDER

SECRET_KEY = "only-for-tools"  # noqa: S105 - replaced before the first request
DEBUG = False
ALLOWED_HOSTS: list[str] = []
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
LANGUAGE_CODE = "zh-hans"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = ["story_store"]
# Filled by story_store.setup when the store is opened.
DATABASES: dict[str, dict[str, object]] = {}
ROOT_URLCONF = "workflow.django_urls"
WSGI_APPLICATION = None
LOGGING_CONFIG = None
APPEND_SLASH = False
MIDDLEWARE = [
    "desk.guards.headers",
    "desk.guards.sentences",
    "django.middleware.common.CommonMiddleware",
    "desk.guards.same_site",
    "django.middleware.csrf.CsrfViewMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [_FOLDER],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "desk.templating.environment"},
    },
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "desk.guards.csrf_refused"
# A picture goes to the disk from the start, a text of up to 1 MB stays in memory.
FILE_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
# Fifty photos at once get a sentence on the nine that are taken, a flood a refusal.
DATA_UPLOAD_MAX_NUMBER_FILES = 60
