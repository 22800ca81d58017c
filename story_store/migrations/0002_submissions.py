"""Submissions and their steps."""

# ruff: noqa: D101, RUF012 - the form is Django's
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("story_store", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="SubmissionRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("key", models.CharField(max_length=128, unique=True)),
                ("number", models.CharField(max_length=40, unique=True)),
                ("state", models.CharField(db_index=True, max_length=16)),
                ("unit_id", models.CharField(db_index=True, max_length=64)),
                ("title", models.TextField()),
                ("body", models.TextField()),
                ("door", models.CharField(max_length=16)),
                ("received_at", models.DateTimeField(db_index=True)),
                ("kind", models.CharField(max_length=16)),
                ("event_day", models.DateField(null=True)),
                ("place", models.TextField(null=True)),
                ("author", models.TextField(null=True)),
                ("filled_by", models.TextField(null=True)),
                ("reviewer", models.TextField(null=True)),
                ("photos", models.TextField()),
                ("public", models.BooleanField()),
                ("original", models.TextField()),
                ("could_not_read", models.TextField()),
                ("findings", models.TextField()),
                (
                    "story",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submissions",
                        to="story_store.storyrow",
                    ),
                ),
            ],
            options={
                "db_table": "submission",
            },
        ),
        migrations.CreateModel(
            name="SubmissionStepRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("before", models.CharField(max_length=16, null=True)),
                ("after", models.CharField(max_length=16)),
                ("by", models.TextField()),
                ("at", models.DateTimeField()),
                ("reason", models.TextField()),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="story_store.submissionrow",
                    ),
                ),
            ],
            options={
                "db_table": "submission_step",
            },
        ),
    ]
