"""The tables of the store and the migrations that make them agree."""

from __future__ import annotations

from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState


def test_the_migrations_make_the_models(store):
    """Whoever changes a table writes its migration."""
    loader = MigrationLoader(None)
    detector = MigrationAutodetector(
        loader.project_state(), ProjectState.from_apps(apps)
    )

    assert detector.changes(graph=loader.graph) == {}
