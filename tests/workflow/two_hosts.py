"""An office with two hosts, folders of its own, and what stands on them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from config import load_settings
from workflow.office import Office
from workflow.publishing import Ask

TWO_HOSTS = """
[[hosts]]
name = "ben"
kind = "folder"
folder = "host/ben"

[[hosts]]
name = "wangpan"
kind = "folder"
folder = "host/wangpan"
releases = false
"""
ASK = Ask("何某")


def with_hosts(office: Office, text: str = TWO_HOSTS) -> Office:
    """The office with hosts written into its settings."""
    file = office.settings.file
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")
    return replace(office, settings=load_settings(file))


def files(root: Path) -> dict[str, bytes]:
    """What a tree or a host holds, by path, but for our own record."""
    return {
        path: file.read_bytes()
        for file in root.rglob("*")
        if file.is_file()
        and not (path := file.relative_to(root).as_posix()).startswith(".gonghui")
    }


def change(office: Office, words: str) -> None:
    """A new front page, put in place as the builder does it."""
    page = office.output / "public" / "index.html"
    new = page.with_name("next")
    new.write_text(f"<html>{words}</html>", encoding="utf-8")
    new.replace(page)


def the_story(office: Office) -> int:
    """The number of a story that readers see."""
    with office.store() as store:
        edition = store.editions(released=True, limit=1)[0]
        return edition.all_entries[0].story_id
