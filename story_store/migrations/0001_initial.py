"""The first tables: articles, stories, editions, runs."""

# ruff: noqa: D101, RUF012 - the form is Django's
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="CounterRow",
            fields=[
                (
                    "name",
                    models.CharField(max_length=40, primary_key=True, serialize=False),
                ),
                ("value", models.BigIntegerField(default=0)),
            ],
            options={
                "db_table": "counter",
            },
        ),
        migrations.CreateModel(
            name="RunRow",
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
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("report", models.TextField(default="")),
            ],
            options={
                "db_table": "run",
            },
        ),
        migrations.CreateModel(
            name="StoryRow",
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
                ("headline", models.TextField()),
                ("state", models.CharField(db_index=True, max_length=16)),
                ("body", models.TextField()),
                ("first_seen", models.DateTimeField(db_index=True)),
                ("published", models.DateTimeField(null=True)),
                ("has_time", models.BooleanField()),
                ("event_day", models.DateField(null=True)),
                ("abstract", models.TextField()),
                ("excerpt", models.TextField()),
                ("own", models.BooleanField()),
                ("kind", models.CharField(max_length=16)),
                ("source_line", models.TextField(null=True)),
                ("byline", models.TextField(null=True)),
                ("reviewer", models.TextField(null=True)),
                ("units", models.TextField()),
                ("topics", models.TextField()),
                ("appearances", models.TextField()),
                ("attachments", models.TextField()),
                (
                    "submission_number",
                    models.CharField(max_length=40, null=True, unique=True),
                ),
                ("findings", models.TextField()),
                ("held_reason", models.TextField(null=True)),
                ("notes", models.TextField()),
                ("digest", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "story",
            },
        ),
        migrations.CreateModel(
            name="EditionRow",
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
                ("number", models.PositiveIntegerField()),
                ("total", models.PositiveIntegerField()),
                ("issued_at", models.DateTimeField()),
                ("released_at", models.DateTimeField(null=True)),
                ("current", models.BooleanField()),
                ("record", models.TextField()),
            ],
            options={
                "db_table": "edition",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("current", True)),
                        fields=("day",),
                        name="edition_one_a_day",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("current", True)),
                        fields=("total",),
                        name="edition_total_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StoryChangeRow",
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
                ("before", models.CharField(max_length=16)),
                ("after", models.CharField(max_length=16)),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="story_store.storyrow",
                    ),
                ),
            ],
            options={
                "db_table": "story_change",
            },
        ),
        migrations.CreateModel(
            name="ArticleRow",
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
                ("source_id", models.CharField(max_length=64)),
                ("canonical", models.TextField()),
                ("text_hash", models.CharField(max_length=64)),
                ("url", models.TextField()),
                ("headline", models.TextField()),
                ("published", models.DateTimeField(null=True)),
                ("has_time", models.BooleanField()),
                ("source_line", models.TextField(null=True)),
                ("byline", models.TextField(null=True)),
                ("editors", models.TextField(null=True)),
                ("body", models.TextField()),
                ("attachments", models.TextField()),
                ("named_canonical", models.TextField(null=True)),
                ("next_page", models.TextField(null=True)),
                ("reprint_banned", models.BooleanField()),
                ("witnesses", models.TextField()),
                ("first_seen", models.DateTimeField(db_index=True)),
                ("last_seen", models.DateTimeField()),
                ("waiting", models.BooleanField(default=True)),
                (
                    "story",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="articles",
                        to="story_store.storyrow",
                    ),
                ),
            ],
            options={
                "db_table": "article",
            },
        ),
        migrations.CreateModel(
            name="VersionRow",
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
                ("replaced_at", models.DateTimeField()),
                ("record", models.TextField()),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="story_store.articlerow",
                    ),
                ),
            ],
            options={
                "db_table": "article_version",
            },
        ),
        migrations.CreateModel(
            name="AddressRow",
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
                ("source_id", models.CharField(max_length=64)),
                ("url", models.TextField()),
                ("content_hash", models.CharField(max_length=64)),
                ("fetched_at", models.DateTimeField()),
                ("warc", models.TextField()),
                ("offset", models.BigIntegerField()),
                ("etag", models.TextField(null=True)),
                ("last_modified", models.TextField(null=True)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="addresses",
                        to="story_store.articlerow",
                    ),
                ),
            ],
            options={
                "db_table": "address",
                "indexes": [
                    models.Index(
                        fields=["source_id", "fetched_at"], name="address_fetched"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("source_id", "url"), name="address_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FingerprintRow",
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
                ("hash", models.BigIntegerField()),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prints",
                        to="story_store.articlerow",
                    ),
                ),
            ],
            options={
                "db_table": "fingerprint",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("hash", "article"), name="fingerprint_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SourceRunRow",
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
                ("source_id", models.CharField(db_index=True, max_length=64)),
                ("state", models.CharField(max_length=16)),
                ("listed", models.PositiveIntegerField()),
                ("new", models.PositiveIntegerField()),
                ("failed", models.PositiveIntegerField()),
                ("last_good", models.DateTimeField(null=True)),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sources",
                        to="story_store.runrow",
                    ),
                ),
            ],
            options={
                "db_table": "source_run",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("run", "source_id"), name="source_once"
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="articlerow",
            index=models.Index(
                fields=["source_id", "canonical"], name="article_canonical"
            ),
        ),
        migrations.AddIndex(
            model_name="articlerow",
            index=models.Index(fields=["source_id", "text_hash"], name="article_text"),
        ),
        migrations.AddIndex(
            model_name="articlerow",
            index=models.Index(
                condition=models.Q(("waiting", True)),
                fields=["id"],
                name="article_waiting",
            ),
        ),
    ]
