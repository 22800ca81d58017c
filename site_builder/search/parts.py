"""The files of the search: shards of terms, blocks of text, and the head."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from site_builder.catalogue import TOPIC, OutlineMap
from site_builder.catalogue_tables import batches
from site_builder.ground import digest
from site_builder.links import Address, Kind
from site_builder.search.documents import Document, days_of
from site_builder.search.fresh import FreshBase
from site_builder.search.gathering import Once, gather
from site_builder.search.layout import SCHEMA, Layout
from site_builder.search.memory import delta_texts, remember
from site_builder.search.part import Part, search_part, told_records
from site_builder.search.postings import documents_by, write_documents
from site_builder.search.records import (
    FACETS,
    NO_TOPIC,
    Searched,
    facets_of,
    part_script,
)
from site_builder.search.terms import Gathering
from site_builder.search.texts import Texts
from site_builder.standpoint import Standpoint


def search_parts(
    texts: Texts,
    layout: Layout,
    before: Layout | None,
    fresh: FreshBase | None = None,
) -> Iterator[Part]:
    """The files of the search but for its page; the layout is remembered.

    Args:
        texts: what the search takes from the stories of the tree.
        layout: how the search is laid out.
        before: how it was, to be told only of files that differ; None: of all.
        fresh: a new base that was begun already.
    """
    base, at = layout.base, texts.at
    filters = Once(partial(base_filters, layout, at))
    terms = Once(partial(gather, layout.numbered(), base.shards, texts.read))
    if layout.fresh:
        begun = fresh or FreshBase(layout, texts)
        yield from begun.rest()
        terms.made = begun.gathering
        common = begun.gathering.common(len(base.documents))
        base = replace(base, common=common, filters=tuple(sorted(filters.get())))
        layout = replace(layout, base=base)
    else:
        yield from _base_blocks(layout, before, texts)
    remember(at, layout, fresh=layout.fresh)
    if layout.fresh or before is None:
        yield from _base_shards(layout, terms, filters)
    if layout.delta:
        yield from _delta_parts(layout, texts)
    told = digest(base.name, layout.delta_name, *map(str, sorted(layout.dead)))
    head = Address(Kind.SEARCH_HEAD).path
    yield Part(head, told, lambda: part_script("head", _head(layout, at)).encode())


def gone_parts(before: Layout, after: Layout) -> set[str]:
    """Where files of the layout before stood that the one after has no longer."""
    renewed = before.base.name != after.base.name
    return _paths(before, whole=renewed) - _paths(after, whole=renewed)


def _paths(layout: Layout, *, whole: bool) -> set[str]:
    """Where the files of a layout stand but for the head; those of its base too?"""
    base = layout.base
    names = [f"x{name}" for name, _ in layout.blocks]
    if whole and base.documents:
        names += [f"b{base.name}-t{number}" for number in range(base.shards)]
        names += [f"b{base.name}-f{number}" for number in range(len(base.filters))]
        names += [f"b{base.name}-x{number}" for number in range(layout.base_blocks)]
    if layout.delta:
        shards = range(layout.delta_shards)
        names += [f"d{layout.delta_name}-t{number}" for number in shards]
    return {Kind.SEARCH_PART.template.format(name) for name in names}


def _base_shards(
    layout: Layout, terms: Once[Gathering], filters: Once[dict[str, list[int]]]
) -> Iterator[Part]:
    base = layout.base
    if not base.documents:
        return
    for number in range(base.shards):
        yield search_part(
            f"b{base.name}-t{number}", base.name, partial(_shard, terms, number)
        )
    for number, name in enumerate(base.filters):
        make = partial(_filter, filters, name)
        yield search_part(f"b{base.name}-f{number}", base.name, make)


def _base_blocks(layout: Layout, before: Layout | None, texts: Texts) -> Iterator[Part]:
    """The texts of the base; if it was known, those in which stories died or rose."""
    base = layout.base
    numbers = set(range(layout.base_blocks))
    if before is not None:
        numbers = {number // base.block for number in layout.dead ^ before.dead}
    for number in sorted(numbers):
        block = layout.base_block(number)
        gone = [str(place) for place, document in enumerate(block) if not document]
        key = digest(base.name, *gone) if gone else base.name
        yield search_part(
            f"b{base.name}-x{number}", key, partial(_records, block, texts)
        )


def _delta_parts(layout: Layout, texts: Texts) -> Iterator[Part]:
    name = layout.delta_name
    numbered = [(n, document.id) for n, document in enumerate(layout.delta)]
    told = Once(partial(delta_texts, texts, layout.delta))
    shards = layout.delta_shards
    terms = Once(lambda: gather(numbered, shards, lambda _: told.get()))
    for number in range(shards):
        yield search_part(f"d{name}-t{number}", name, partial(_shard, terms, number))
    for key, block in layout.blocks:
        yield search_part(f"x{key}", key, partial(_delta_records, block, told))


def _shard(terms: Once[Gathering], number: int) -> str:
    return terms.get().shard(number)


def _records(block: Sequence[Document | None], texts: Texts) -> list[object]:
    """The stories of one block; what is dead left only its place."""
    return told_records(block, texts.read([d.id for d in block if d]))


def _delta_records(
    block: Sequence[Document], told: Once[dict[int, Searched]]
) -> list[object]:
    return told_records(block, told.get())


def base_filters(layout: Layout, at: Standpoint) -> dict[str, list[int]]:
    """The numbers of the base by filter, from the lists: no outline is read for it.

    A filter is its kind's letter and its name.
    """
    numbers = {story_id: number for number, story_id in layout.numbered()}
    found: dict[str, list[int]] = {}
    bare = set(numbers.values())
    for facet, kind in FACETS.items():
        for name, story_id in at.shown.stories.outlines.listed(kind):
            if story_id in numbers:
                found.setdefault(facet + name, []).append(numbers[story_id])
                if kind == TOPIC:
                    bare.discard(numbers[story_id])
        if kind == TOPIC and bare:
            found.setdefault(facet + NO_TOPIC, []).extend(bare)
    return {name: sorted(documents) for name, documents in found.items()}


def _filter(filters: Once[dict[str, list[int]]], name: str) -> str:
    return f"\n{name} {write_documents(filters.get().get(name, ()))}\n"


def _facet_lines(
    facet: str, numbered: Sequence[tuple[int, Document]], at: Standpoint
) -> str:
    groups = _grouped(facet, numbered, at.shown.stories.outlines)
    return "\n" + "".join(f"{facet}{line}" for line in documents_by(groups))


def _grouped(
    facet: str, numbered: Sequence[tuple[int, Document]], outlines: OutlineMap
) -> Iterator[tuple[int, Iterable[str]]]:
    for some in batches(numbered):
        outlines.fetch([document.id for _, document in some])
        for number, document in some:
            yield number, facets_of(outlines.get(document.id), facet)


def _all_facets(numbered: Sequence[tuple[int, Document]], at: Standpoint) -> str:
    lines = (_facet_lines(facet, numbered, at)[1:] for facet in FACETS)
    return "\n" + "".join(lines)


def _head(layout: Layout, at: Standpoint) -> dict[str, object]:
    """What the page has before it is asked; the filters of the delta take 2 KB."""
    return {
        "schema": SCHEMA,
        "block": layout.base.block,
        "base": layout.base.name,
        "shards": layout.base.shards,
        "days": layout.base.days,
        "dead": write_documents(sorted(layout.dead)),
        "common": " ".join(layout.base.common),
        "filters": layout.base.filters,
        "delta": layout.delta_name,
        "deltaShards": layout.delta_shards,
        "deltaDays": days_of(layout.delta),
        "deltaFacets": _all_facets(list(enumerate(layout.delta)), at),
        "deltaBlocks": [[name, len(block)] for name, block in layout.blocks],
    }
