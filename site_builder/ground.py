"""What all pages rest on: settings, the builder's own source, libraries, templates.

A page's key begins with the hash of these; when one of them changes, pages are made
anew and compared.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from types import SimpleNamespace

from site_builder.assets import TEMPLATES
from site_builder.given import Audience, Settled, SiteGiven
from site_builder.libraries import shaping_versions

_HOUSE = Path(__file__).resolve().parent.parent
SOURCES = ("site_builder", "newsroom")  # pages take their words from both
_ENDINGS = {".html", ".xml", ".css", ".js", ".json", ".svg", ".typ"}
_SIZE = 12
PLACES = frozenset({"output", "serve_port"})  # of [site]
ALL = ""  # the closure of a file that names no template


@dataclass(frozen=True, slots=True)
class Ground:
    """The hashes that keys begin with.

    Attributes:
        base: settings, vocabularies, audience, source and libraries.
        templates: by template, what it and all that it takes from others say.
    """

    base: str
    templates: Mapping[str, str]


def read_ground(given: SiteGiven, audience: Audience) -> Ground:
    """The ground of one tree."""
    settled = given.settled or settle(given)
    base = digest(settled.words, audience.value, str(given.report is not None))
    return Ground(base, settled.templates)


def settle(given: SiteGiven) -> Settled:
    """The hashes of settings and program."""
    settings = (given.office, given.edition_settings, _without_places(given.site))
    words = (given.units, given.topics, given.reminders)
    told = digest(source_digest(), *map(canonical, (*settings, *words)))
    return Settled(told, template_digests())


def _without_places(site: object) -> dict[str, object]:
    """[site] without where the trees lie and who serves them: no page says it.

    An office that was restored elsewhere makes the same bytes.
    """
    names = getattr(type(site), "model_fields", None) or vars(site)
    return {name: getattr(site, name) for name in names if name not in PLACES}


def digest(*parts: str) -> str:
    """A short hash of these parts, told apart."""
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=_SIZE).hexdigest()


def canonical(value: object) -> str:  # noqa: PLR0911 - a form each
    """The value as text, the same in every process."""
    match value:
        case SimpleNamespace():  # a section of the settings as it was kept
            return canonical(vars(value))
        case Mapping():
            pairs = (f"{canonical(k)}:{canonical(v)}" for k, v in value.items())
            return f"{{{','.join(sorted(pairs))}}}"
        case frozenset() | set():
            return f"<{','.join(sorted(map(canonical, value)))}>"
        case tuple() | list():
            return f"({','.join(map(canonical, value))})"
        case Enum():
            return f"{type(value).__name__}.{value.name}"
        case _ if is_dataclass(value):
            return canonical({f.name: getattr(value, f.name) for f in fields(value)})
        case _ if named := getattr(type(value), "model_fields", None):  # pydantic's
            return canonical({name: getattr(value, name) for name in named})
    return repr(value)


@cache
def source_digest() -> str:
    """The hash of the code, libraries included, that decides what stands on a page."""
    files = sorted(f for name in SOURCES for f in (_HOUSE / name).rglob("*.py"))
    told = hashlib.blake2b(digest_size=_SIZE)
    for file in files:
        told.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    told.update("\n".join(shaping_versions()).encode())
    return told.hexdigest()


@cache
def template_digests(templates: Path = TEMPLATES) -> dict[str, str]:
    """By template the hash of its closure; under ``ALL`` that of every template."""
    texts = {
        file.relative_to(templates).as_posix(): file.read_text("utf-8")
        for file in sorted(templates.rglob("*"))
        if file.suffix in _ENDINGS
    }
    told = {
        name: digest(*map(texts.__getitem__, _closure(name, texts))) for name in texts
    }
    return told | {ALL: digest(*texts, *texts.values())}


# jinja2.meta would find the same, at the price of parsing every template at every
# start; a test holds the two against each other.
_TAKES = re.compile(r"{%[-+]?\s*(?:extends|import|from|include)\s+[\"']([^\"']+)[\"']")


def _closure(name: str, texts: Mapping[str, str]) -> list[str]:
    found: dict[str, None] = {}
    waiting = [name]
    while waiting:
        here = waiting.pop()
        if here not in found:
            found[here] = None
            waiting.extend(referenced(texts[here]))
    return sorted(found)


def referenced(text: str) -> Iterator[str]:
    """The templates that a template takes from."""
    return (found[1] for found in _TAKES.finditer(text))
