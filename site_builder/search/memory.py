"""What the search held at the last build, kept in the catalogue of the tree."""

from __future__ import annotations

import marshal
from collections.abc import Collection, Sequence
from dataclasses import replace
from sqlite3 import Connection
from typing import Any

from site_builder.search.documents import (
    Document,
    Snapshot,
    document_of,
    document_told,
)
from site_builder.search.gathering import measured
from site_builder.search.layout import SCHEMA, Base, Layout, moved, new_layout
from site_builder.search.records import Searched
from site_builder.search.texts import Texts
from site_builder.standpoint import Standpoint

_TABLE = "CREATE TABLE IF NOT EXISTS search (name TEXT PRIMARY KEY, value BLOB)"
_TEXTS = "CREATE TABLE IF NOT EXISTS search_text (id INTEGER PRIMARY KEY, mark, told)"
_EMPTY = Layout(Base("", "", Snapshot.of(())))


def renewed(
    texts: Texts, ground: str, touched: Collection[int] | None
) -> tuple[Layout, Layout]:
    """How the search is laid out now, and how it was.

    Args:
        texts: what the search takes from the stories of the tree.
        ground: what all pages rest on; another one means a new base.
        touched: the stories that may have changed; None: all are looked at.
    """
    at = texts.at
    before = _remembered(at)
    if touched is None or before.base.ground != ground:
        documents = _all_documents(at)
        after = _kept_for_all(before, documents, ground)
    else:
        outlines = at.shown.stories.outlines
        outlines.fetch(touched)
        told = {i: outlines.get(i) for i in touched}
        after = moved(before, {i: o and document_of(o) for i, o in told.items()})
    if after.fresh:
        after = replace(after, base=measured(after.base, texts))
    return after, before


def remember(at: Standpoint, layout: Layout, *, fresh: bool) -> None:
    """Keep the layout for the next build; the base only when it is a new one."""
    connection = at.shown.connection
    connection.execute(_TABLE)
    base = layout.base
    values = {"moves": (sorted(layout.dead), [tuple(d) for d in layout.delta])}
    if fresh:
        made = (base.days, base.shards, base.block, base.common, base.filters)
        told: Any = (SCHEMA, base.name, base.ground, base.documents.packed(), *made)
        values["base"] = told
    rows = [(name, marshal.dumps(value)) for name, value in values.items()]
    connection.executemany("INSERT OR REPLACE INTO search VALUES (?,?)", rows)
    _forget_texts(connection, layout.delta)


def delta_texts(texts: Texts, delta: Sequence[Document]) -> dict[int, Searched]:
    """What the search takes from the stories of the delta.

    Most of these are as they were at the last build: what was taken then is kept, and
    only what is new is read.
    """
    connection = texts.at.shown.connection
    sql = "SELECT id, mark, told FROM search_text"
    kept = {(i, mark): told for i, mark, told in connection.execute(sql)}
    had = {d.id: kept[d.id, d.mark] for d in delta if (d.id, d.mark) in kept}
    found = {i: Searched(*marshal.loads(told)) for i, told in had.items()}  # noqa: S302 - as below
    left = [document for document in delta if document.id not in found]
    read = texts.read([document.id for document in left])
    rows = [(d.id, d.mark, marshal.dumps(tuple(read[d.id]))) for d in left]
    connection.executemany("INSERT OR REPLACE INTO search_text VALUES (?,?,?)", rows)
    return found | read


def _forget_texts(connection: Connection, delta: Sequence[Document]) -> None:
    """What the delta no longer holds is not kept, nor legible in the file's gaps."""
    connection.execute(_TEXTS)
    connection.execute("PRAGMA secure_delete = ON")
    held = {document.id for document in delta}
    kept = connection.execute("SELECT id FROM search_text").fetchall()
    gone = [(story_id,) for (story_id,) in kept if story_id not in held]
    connection.executemany("DELETE FROM search_text WHERE id = ?", gone)


def _all_documents(at: Standpoint) -> dict[int, Document]:
    told = at.shown.stories.outlines.moments()
    return {i: document_told(i, digest, when) for i, digest, when in told}


def _kept_for_all(
    before: Layout, documents: dict[int, Document], ground: str
) -> Layout:
    if before.base.ground != ground:
        return new_layout(list(documents.values()), ground)
    every = (*before.base.documents, *before.delta)
    gone: dict[int, Document | None] = dict.fromkeys(d.id for d in every)
    return moved(before, gone | documents)


def _remembered(at: Standpoint) -> Layout:
    connection = at.shown.connection
    connection.execute(_TABLE)
    kept = dict(connection.execute("SELECT name, value FROM search").fetchall())
    if kept.keys() != {"base", "moves"}:
        return _EMPTY
    # Ours, sealed with the catalogue.
    schema, name, ground, documents, *made = marshal.loads(kept["base"])  # noqa: S302 - see above
    if schema != SCHEMA:
        return _EMPTY
    dead, delta = marshal.loads(kept["moves"])  # noqa: S302 - see above
    base = Base(name, ground, Snapshot.unpacked(documents), *made)
    return Layout(base, frozenset(dead), tuple(map(Document._make, delta)))
