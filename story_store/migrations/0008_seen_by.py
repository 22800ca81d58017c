"""What the chair saw when deciding, and the editor when setting the class."""

# ruff: noqa: D101, RUF012 - the form is Django's
from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("story_store", "0007_digests"),
    ]

    operations = [
        migrations.AddField(
            model_name="submissiondeskrow",
            name="chair_saw",
            field=models.TextField(null=True),
        ),
        migrations.AddField(
            model_name="submissiondeskrow",
            name="class_saw",
            field=models.TextField(default=""),
        ),
    ]
