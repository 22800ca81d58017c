"""Merging, pictures changed by hand, corrections, and the steps of arranging."""

# ruff: noqa: D101, RUF012 - the form is Django's
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("story_store", "0005_link_checks"),
    ]

    operations = [
        migrations.CreateModel(
            name="ArrangementStepRow",
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
                ("day", models.DateField(db_index=True)),
                ("what", models.TextField()),
                ("before", models.TextField()),
                ("after", models.TextField()),
                ("by", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                ("is_undone", models.BooleanField(default=False)),
            ],
            options={
                "db_table": "arrangement_step",
            },
        ),
        migrations.AddField(
            model_name="arrangementrow",
            name="headline",
            field=models.TextField(default=""),
        ),
        migrations.AddField(
            model_name="submissionrow",
            name="joint_units",
            field=models.TextField(default='{"schema":1,"value":[]}'),
        ),
        migrations.CreateModel(
            name="CorrectionRow",
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
                ("title", models.TextField()),
                ("body", models.TextField()),
                ("note", models.TextField()),
                ("reason", models.TextField()),
                ("text_hash", models.CharField(max_length=64)),
                ("by", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                ("state", models.CharField(max_length=12)),
                ("decided_by", models.CharField(default="", max_length=40)),
                ("decided_at", models.DateTimeField(null=True)),
                ("words", models.TextField(default="")),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="story_store.submissionrow",
                    ),
                ),
            ],
            options={
                "db_table": "submission_correction",
            },
        ),
        migrations.CreateModel(
            name="MergeRow",
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
                ("version", models.PositiveIntegerField()),
                ("author", models.TextField(default="")),
                ("by", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "into",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged_here",
                        to="story_store.submissionrow",
                    ),
                ),
                (
                    "merged",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged_into",
                        to="story_store.submissionrow",
                    ),
                ),
            ],
            options={
                "db_table": "submission_merge",
            },
        ),
        migrations.CreateModel(
            name="PictureEditRow",
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
                ("file", models.CharField(max_length=80)),
                ("source", models.CharField(max_length=80)),
                ("marks", models.TextField()),
                ("by", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="picture_edits",
                        to="story_store.submissionrow",
                    ),
                ),
            ],
            options={
                "db_table": "picture_edit",
            },
        ),
    ]
