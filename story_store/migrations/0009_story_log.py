"""A log of which story changed when, so that a build asks for what is new to it.

The file itself writes it, by triggers: whoever writes a story, in whatever way, writes
the log in the same transaction. A later step that makes the table ``story`` anew must
make the triggers anew too, for SQLite drops them with the old table
(``tests/story_store/test_story_log.py`` asks whether they are there).
"""

# ruff: noqa: D101, RUF012 - the form is Django's
from __future__ import annotations

from django.db import migrations, models

KEPT = 10_000  # changes; a build that is further behind compares all digests
_NOTE = (
    "BEGIN "
    "INSERT INTO story_log (story, mark) VALUES ({story}.id, random()); "
    "DELETE FROM story_log WHERE id <= (SELECT MAX(id) FROM story_log) - {kept}; "
    "END"
)
_NEW = _NOTE.format(story="NEW", kept=KEPT)
_OLD = _NOTE.format(story="OLD", kept=KEPT)
TRIGGERS = {
    "story_log_new": f"AFTER INSERT ON story {_NEW}",
    "story_log_changed": (
        f"AFTER UPDATE OF digest ON story WHEN OLD.digest <> NEW.digest {_NEW}"
    ),
    "story_log_gone": f"AFTER DELETE ON story {_OLD}",
}


class Migration(migrations.Migration):
    dependencies = [
        ("story_store", "0008_seen_by"),
    ]

    operations = [
        migrations.CreateModel(
            name="StoryLogRow",
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
                ("story", models.BigIntegerField()),
                ("mark", models.BigIntegerField()),
            ],
            options={"db_table": "story_log"},
        ),
        # The origin: a store without a change since has a last line too.
        migrations.RunSQL(
            "INSERT INTO story_log (story, mark) VALUES (0, random())",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            [f"CREATE TRIGGER {name} {body}" for name, body in TRIGGERS.items()],
            [f"DROP TRIGGER {name}" for name in TRIGGERS],
        ),
    ]
