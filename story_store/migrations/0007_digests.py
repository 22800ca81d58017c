"""Digests to be read without texts: an index of those of stories, one of editions."""

# ruff: noqa: D101, RUF012 - the form is Django's
from __future__ import annotations

import hashlib
from typing import Any

from django.db import migrations, models


def fill(apps: Any, schema_editor: Any) -> None:  # noqa: ANN401 - Django's own
    """Give each edition the hash of its record."""
    rows = apps.get_model("story_store", "EditionRow").objects
    rows = rows.using(schema_editor.connection.alias)
    for key in list(rows.values_list("pk", flat=True)):
        (record,) = rows.values_list("record", flat=True).filter(pk=key)
        digest = hashlib.sha256(record.encode()).hexdigest()
        rows.filter(pk=key).update(digest=digest)


class Migration(migrations.Migration):
    dependencies = [
        ("story_store", "0006_desk_work"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="storyrow",
            index=models.Index(fields=["digest"], name="story_digest"),
        ),
        migrations.AddField(
            model_name="editionrow",
            name="digest",
            field=models.CharField(default="", max_length=64),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="editionrow",
            index=models.Index(
                condition=models.Q(("current", True)),
                fields=["day", "digest"],
                name="edition_digest",
            ),
        ),
    ]
