"""看看范文: an invented story beside the questions, with the answers in it marked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsroom.drafting import make_draft
from newsroom.questions import StoryTemplate
from newsroom.taxonomy import Unit, UnitKind

Piece = tuple[str, bool]
_TAIL = "。；，、"


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample story.

    ``paragraphs`` are pieces of text, True where an answer stands; ``answers`` say by
    key what was answered.
    """

    title: str
    paragraphs: tuple[tuple[Piece, ...], ...]
    answers: dict[str, str]


def sample_of(template: StoryTemplate | None) -> Sample | None:
    """The sample of a topic, None when the office has written none."""
    if template is None or not template.sample:
        return None
    answers = dict(template.sample)
    name = answers.pop("unit", "")
    unit = Unit("sample", name, f"{name}总工会", UnitKind.TOWN)
    draft = make_draft(template, answers, unit)
    whole = sorted((a.strip(_TAIL) for a in answers.values()), key=len, reverse=True)
    parts = re.compile(f"({'|'.join(map(re.escape, whole))})")
    paragraphs = tuple(
        tuple((piece, piece in whole) for piece in parts.split(line) if piece)
        for line in draft.plain.splitlines()
    )
    return Sample((*draft.titles, "")[0], paragraphs, answers)
