"""Django's settings for the tools that need them as a module (type checker, tests)."""

from __future__ import annotations

SECRET_KEY = "only-for-tools"  # noqa: S105 - no session is ever signed with it
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
LANGUAGE_CODE = "zh-hans"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = ["story_store"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
