"""Jobs of the desk's worker, and the PIN that a correspondent may set."""

# ruff: noqa: D101, RUF012 - the form is Django's
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("story_store", "0003_desk"),
    ]

    operations = [
        migrations.CreateModel(
            name="JobRow",
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
                ("key", models.CharField(max_length=80, unique=True)),
                ("owner", models.CharField(db_index=True, max_length=80)),
                ("kind", models.CharField(max_length=16)),
                ("file", models.TextField()),
                ("name", models.TextField(default="")),
                ("state", models.CharField(db_index=True, max_length=16)),
                ("tries", models.PositiveIntegerField(default=0)),
                ("not_before", models.DateTimeField(null=True)),
                ("taken_by", models.CharField(default="", max_length=40)),
                ("words", models.TextField(default="")),
                ("result", models.TextField(default="")),
                ("made_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "db_table": "desk_job",
            },
        ),
        migrations.AddField(
            model_name="linkrow",
            name="pin",
            field=models.CharField(default="", max_length=200),
        ),
    ]
