"""Django as the architecture wants it: no missing migration, no async loophole."""

from __future__ import annotations

from pathlib import Path

from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

ROOT = Path(__file__).resolve().parents[2]
BANNED = "DJANGO_ALLOW_" + "ASYNC_UNSAFE"


def test_the_migrations_make_the_models(store):
    """Whoever changes a table writes its migration."""
    loader = MigrationLoader(None)
    detector = MigrationAutodetector(
        loader.project_state(), ProjectState.from_apps(apps)
    )

    assert detector.changes(graph=loader.graph) == {}


def test_the_store_is_never_opened_to_async_code():
    """The Scrapy child never opens the store; the switch that would let it is banned."""
    packages = (path.parent for path in ROOT.glob("*/__init__.py"))
    sources = (file for folder in packages for file in folder.rglob("*.py"))

    assert [file.name for file in sources if BANNED in file.read_text("utf-8")] == []
