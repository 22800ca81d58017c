"""The page with which a chair makes a text block without any server (domain: 3.5, B).

One file that holds everything: it works from a memory card, from WeChat and from the
site, sends nothing, and keeps what is typed on the phone only.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from newsroom.drafting import GENERAL_TITLES
from newsroom.questions import GENERAL, StoryTemplate
from newsroom.story import StoryKind
from newsroom.taxonomy import Topic, Unit
from newsroom.text_block import LONGEST_BLOCK

NAME = "baosong.html"
_TEMPLATES = Path(__file__).parents[1] / "templates"
_FOLDER = "submissions/"


def render_offline_page(  # noqa: PLR0913 - each is a separate part of the office
    *,
    templates: Sequence[StoryTemplate],
    topics: Sequence[Topic],
    units: Sequence[Unit],
    office: str,
    heading: str,
    banner: str = "",
) -> str:
    """The whole page.

    Args:
        templates: the topics that are offered.
        topics: for the season of each.
        units: who may hand in; those not in use are left out.
        office: the office's name, shown at the top.
        heading: the first line of the block, e.g. ``枝工报送``.
        banner: what every page of this site says on top, e.g. of a demonstration.
    """
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
    )
    page = {
        "office": office,
        "banner": banner,
        "script_hash": _hash_of(environment, "baosong.js"),
        "style_hash": _hash_of(environment, "baosong.css"),
        "json": json.dumps(
            _given(templates, topics, units, heading), ensure_ascii=False
        ),
    }
    return environment.get_template(_FOLDER + NAME).render(page=page)


def _hash_of(environment: Environment, name: str) -> str:
    """What the content security policy lets run: this very text and no other."""
    text = environment.get_template(_FOLDER + name).render()
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def _given(
    templates: Sequence[StoryTemplate],
    topics: Sequence[Topic],
    units: Sequence[Unit],
    heading: str,
) -> dict[str, Any]:
    months = {topic.id: topic.months for topic in topics}
    return {
        "heading": heading,
        "longest": LONGEST_BLOCK,
        "general": GENERAL,
        "titles": GENERAL_TITLES,
        "kinds": [kind.value for kind in StoryKind],
        "units": [
            {"id": unit.id, "name": unit.name, "union": unit.union}
            for unit in units
            if unit.enabled
        ],
        "templates": [
            {
                "id": one.id,
                "name": one.name,
                "months": months.get(one.id, ()),
                "titles": one.titles,
                "skeleton": one.skeleton,
                "questions": [
                    {
                        "key": question.key,
                        "ask": question.ask,
                        "hint": question.hint,
                        "required": question.required,
                    }
                    for question in one.questions
                ],
            }
            for one in templates
        ],
    }
