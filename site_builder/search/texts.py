"""What the search takes from stories, noted while they are read for their pages.

It lies in a database that SQLite keeps in a little memory and beyond that in a file
without a name, so that no story is read from the store a second time and the texts of
all need no room.
"""

from __future__ import annotations

import marshal
import sqlite3
from collections.abc import Sequence
from weakref import finalize

from site_builder.catalogue_tables import batches
from site_builder.search.records import Searched, searched_of
from site_builder.standpoint import Standpoint

_TABLE = """
PRAGMA journal_mode = OFF;
CREATE TABLE text (id INTEGER PRIMARY KEY, told BLOB NOT NULL);
BEGIN
"""


class Texts:
    """What the search takes from the stories of a tree, by id.

    Args:
        at: any standpoint of the tree, for stories that were not noted.
    """

    def __init__(self, at: Standpoint) -> None:
        self.at = at
        self._noted = sqlite3.connect("", isolation_level=None)
        self._noted.executescript(_TABLE)
        finalize(self, self._noted.close)

    def note(self, story_id: int, told: Searched) -> None:
        """Keep what a page's maker has at hand."""
        row = (story_id, marshal.dumps(tuple(told)))
        self._noted.execute("INSERT OR REPLACE INTO text VALUES (?,?)", row)

    def read(self, ids: Sequence[int]) -> dict[int, Searched]:
        """What was noted of these stories; the others are read from the store."""
        found: dict[int, Searched] = {}
        for batch in batches(ids):
            marks = ",".join("?" * len(batch))
            sql = f"SELECT id, told FROM text WHERE id IN ({marks})"  # noqa: S608 - question marks
            for story_id, told in self._noted.execute(sql, batch):
                found[story_id] = Searched(*marshal.loads(told))  # noqa: S302 - ours, noted above
        stories = self.at.shown.stories
        missing = [story_id for story_id in ids if story_id not in found]
        stories.fetch(missing)
        return found | {i: searched_of(stories[i], self.at) for i in missing}
