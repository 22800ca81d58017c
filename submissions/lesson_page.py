"""小课堂: how to hand in a story, in pictures of the product itself.

``scripts/lesson_pictures.py`` makes the pictures anew. The desk shows the page to
whoever has a link; the static site carries it as a file with its pictures beside it.
"""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from submissions.offline_page import NAME as FORM

NAME = "lesson.html"
PICTURES = (
    *("mine", "topic", "talk", "question", "photos"),
    *("draft", "receipt", "returned", "used"),
)
_TEMPLATES = Path(__file__).parents[1] / "templates"
_FOLDER = "submissions/"


def picture_file(name: str) -> str:
    """A picture's place in templates/."""
    return f"{_FOLDER}lesson/{name}.jpg"


def lesson_files(*, office: str, phone: str, banner: str = "") -> dict[str, bytes]:
    """The page and its pictures, by path in the tree of a static site."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
    )
    style = environment.get_template(f"{_FOLDER}lesson_alone.css").render()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    page = environment.get_template(f"{_FOLDER}lesson_alone.html").render(
        office=office,
        phone=phone,
        banner=banner,
        form=FORM,
        style_hash=f"sha256-{digest}",
        pictures={name: f"lesson/{name}.jpg" for name in PICTURES},
    )
    files = {NAME: page.encode()}
    for name in PICTURES:
        files[f"lesson/{name}.jpg"] = (_TEMPLATES / picture_file(name)).read_bytes()
    return files
