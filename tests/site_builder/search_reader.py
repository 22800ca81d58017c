"""The files of the search, read as the page's script reads them."""

from __future__ import annotations

import json
import re
from pathlib import Path

from site_builder.search.folding import words_of
from site_builder.search.postings import read_documents, read_numbers
from site_builder.search.terms import shard_of

_PART = re.compile(r'gonghuiSearch\("([a-z0-9-]+)",(.*)\);\n', re.DOTALL)


class SearchFiles:
    """What a tree's ``search`` folder says."""

    def __init__(self, folder: Path) -> None:
        self.parts = {}
        for file in folder.glob("*.js"):
            name, content = _PART.fullmatch(file.read_text("utf-8")).groups()
            assert name == file.stem
            self.parts[name] = json.loads(content)
        self.head = self.parts["head"]
        self.dead = set(read_documents(self.head["dead"]))

    @property
    def documents(self):
        """By (place in base or delta), the records that still stand."""
        name, size = self.head["base"], self.head["block"]
        found, number = {}, 0
        while f"b{name}-x{number}" in self.parts:
            for place, record in enumerate(self.parts[f"b{name}-x{number}"]):
                if record:
                    found["b", number * size + place] = tuple(record)
            number += 1
        start = 0
        for block, count in self.head["deltaBlocks"]:
            records = self.parts[f"x{block}"]
            assert count == len(records)
            for place, record in enumerate(records):
                found["d", start + place] = tuple(record)
            start += count
        return found

    def days(self, key):
        """The day of every document, as a number."""
        told, days, day = read_numbers(self.head[key]), [], 0
        for gap, count in zip(told[::2], told[1::2], strict=True):
            day += gap
            days += [day] * count
        return days

    def lines(self):
        """By term or filter the documents that hold it."""
        found = {}
        told = self.parts | {"d-f": self.head["deltaFacets"]}
        for name, content in told.items():
            if isinstance(content, str):
                kind = name[0]
                for line in content.split("\n")[1:-1]:
                    term, numbers = line.split(" ")
                    place = found.setdefault(
                        (kind, name.partition("-")[2][0], term), set()
                    )
                    place |= set(read_documents(numbers))
        return found

    def meaning(self):
        """Each story with all by which it is found: the same for any way of keeping."""
        documents, lines = self.documents, self.lines()
        terms = {document: set() for document in documents}
        for (kind, which, term), numbers in lines.items():
            for number in numbers:
                if (kind, number) in terms:
                    terms[kind, number].add((which, term))
        return {record: terms[document] for document, record in documents.items()}

    def candidates(self, query):
        """The paths that the terms of a query lead to, before their text is read."""
        found = set()
        documents = self.documents
        for kind in "bd":
            told = None
            for word in words_of(query):
                pairs = [word[n : n + 2] for n in range(len(word) - 1)] or [word]
                for term in pairs:
                    numbers = self.of(kind, term)
                    told = numbers if told is None else told & numbers
            found |= {
                documents[kind, n][0] for n in told or () if (kind, n) in documents
            }
        return found

    def of(self, kind, term):
        """The documents of one term, from the one file that must have it."""
        name, count = (
            (self.head["base"], self.head["shards"])
            if kind == "b"
            else (self.head["delta"], self.head["deltaShards"])
        )
        if not name:
            return set()
        text = self.parts.get(f"{kind}{name}-t{shard_of(term, count)}", "")
        lines = (line.split(" ") for line in text.split("\n")[1:-1])
        return set(read_documents(dict(lines).get(term, "")))
