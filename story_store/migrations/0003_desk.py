"""People, links, reviews and drafts of the desk."""

# ruff: noqa: D101, RUF012 - the form is Django's
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("story_store", "0002_submissions"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccountRow",
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
                ("login", models.CharField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=40)),
                ("password", models.CharField(max_length=200)),
                ("roles", models.CharField(max_length=120)),
                ("active", models.BooleanField(default=True)),
                ("stamp", models.CharField(max_length=64)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "db_table": "desk_account",
            },
        ),
        migrations.CreateModel(
            name="DeskEventRow",
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
                ("at", models.DateTimeField(db_index=True)),
                ("by", models.CharField(max_length=40)),
                ("what", models.TextField()),
            ],
            options={
                "db_table": "desk_event",
            },
        ),
        migrations.CreateModel(
            name="LinkRow",
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
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("unit_id", models.CharField(db_index=True, max_length=64)),
                ("name", models.CharField(max_length=40)),
                ("duty", models.CharField(default="", max_length=40)),
                ("phone", models.CharField(default="", max_length=40)),
                ("created_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "correspondent_link",
            },
        ),
        migrations.CreateModel(
            name="ApprovalRow",
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
                ("step", models.CharField(max_length=8)),
                ("name", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                ("text_hash", models.CharField(max_length=64)),
                ("note", models.TextField(default="")),
                ("paper", models.BooleanField(default=False)),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="story_store.accountrow",
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approvals",
                        to="story_store.submissionrow",
                    ),
                ),
            ],
            options={
                "db_table": "submission_approval",
            },
        ),
        migrations.CreateModel(
            name="ArrangementRow",
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
                ("story_id", models.BigIntegerField()),
                ("act", models.CharField(max_length=8)),
                ("column", models.CharField(default="", max_length=16)),
                ("place", models.PositiveIntegerField(default=0)),
                ("reason", models.TextField(default="")),
                ("by", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "arrangement",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("day", "story_id"), name="arranged_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AttemptRow",
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
                ("key", models.CharField(max_length=80)),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "desk_attempt",
                "indexes": [models.Index(fields=["key", "at"], name="attempt_key_at")],
            },
        ),
        migrations.CreateModel(
            name="CommentRow",
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
                ("by", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                ("text", models.TextField()),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="story_store.submissionrow",
                    ),
                ),
            ],
            options={
                "db_table": "submission_comment",
            },
        ),
        migrations.CreateModel(
            name="InviteRow",
            fields=[
                (
                    "token_hash",
                    models.CharField(max_length=64, primary_key=True, serialize=False),
                ),
                ("purpose", models.CharField(max_length=16)),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="story_store.accountrow",
                    ),
                ),
            ],
            options={
                "db_table": "desk_invite",
            },
        ),
        migrations.CreateModel(
            name="FormDraftRow",
            fields=[
                (
                    "key",
                    models.CharField(max_length=64, primary_key=True, serialize=False),
                ),
                ("answers", models.TextField()),
                ("photos", models.TextField()),
                ("started_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("sent_as", models.CharField(default="", max_length=40)),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drafts",
                        to="story_store.linkrow",
                    ),
                ),
            ],
            options={
                "db_table": "form_draft",
            },
        ),
        migrations.CreateModel(
            name="SessionRow",
            fields=[
                (
                    "token_hash",
                    models.CharField(max_length=64, primary_key=True, serialize=False),
                ),
                ("stamp", models.CharField(max_length=64)),
                ("created_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
                ("note", models.TextField(default="")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="story_store.accountrow",
                    ),
                ),
            ],
            options={
                "db_table": "desk_session",
            },
        ),
        migrations.CreateModel(
            name="SubmissionDeskRow",
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
                ("version", models.PositiveIntegerField(default=0)),
                ("item_class", models.CharField(default="", max_length=1)),
                ("phone", models.CharField(default="", max_length=40)),
                ("questions", models.TextField(default="")),
                ("hold_until", models.DateField(null=True)),
                ("chair_said", models.TextField(default="")),
                (
                    "link",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="story_store.linkrow",
                    ),
                ),
                (
                    "submission",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="desk",
                        to="story_store.submissionrow",
                    ),
                ),
            ],
            options={
                "db_table": "submission_desk",
            },
        ),
        migrations.CreateModel(
            name="TickRow",
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
                ("finding", models.CharField(max_length=64)),
                ("text_hash", models.CharField(max_length=64)),
                ("by", models.CharField(max_length=40)),
                ("reason", models.TextField(default="")),
                ("at", models.DateTimeField()),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ticks",
                        to="story_store.submissionrow",
                    ),
                ),
            ],
            options={
                "db_table": "submission_tick",
            },
        ),
        migrations.CreateModel(
            name="SubmissionVersionRow",
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
                ("number", models.PositiveIntegerField()),
                ("title", models.TextField()),
                ("body", models.TextField()),
                ("photos", models.TextField()),
                ("text_hash", models.CharField(max_length=64)),
                ("by", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="texts",
                        to="story_store.submissionrow",
                    ),
                ),
            ],
            options={
                "db_table": "submission_version",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("submission", "number"), name="version_once"
                    )
                ],
            },
        ),
    ]
