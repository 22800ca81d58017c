"""Links that lead out of our pages: how they fared, and which are dead."""

# ruff: noqa: D101, RUF012 - the form is Django's
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("story_store", "0004_jobs"),
    ]

    operations = [
        migrations.CreateModel(
            name="LinkCheckRow",
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
                ("url", models.TextField(unique=True)),
                ("checked_on", models.DateField(db_index=True)),
                ("record", models.TextField()),
            ],
            options={
                "db_table": "link_check",
            },
        ),
        migrations.AddField(
            model_name="storyrow",
            name="dead_links",
            field=models.TextField(default='{"schema":1,"value":[]}'),
        ),
    ]
