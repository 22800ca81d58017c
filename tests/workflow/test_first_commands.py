"""The first commands of a new office, each in a process of its own as at a prompt."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import Workbook

ROOT = Path(__file__).resolve().parents[2]
TABLE = (("单位", "姓名", "职务", "电话"), ("安福寺镇", "向书萍", "工会主席", ""))


@pytest.fixture
def gonghui(tmp_path: Path):
    """Runs a command in a fresh office; what it said."""
    shutil.copytree(ROOT / "config", tmp_path / "config")
    shutil.copyfile(ROOT / "config.toml", tmp_path / "config.toml")

    def said(*arguments: str) -> str:
        command = [sys.executable, "-m", "workflow", *arguments]
        surroundings = os.environ | {
            "GONGHUI_CONFIG": str(tmp_path / "config.toml"),
            "COLUMNS": "200",
        }
        # The tests have Django set up before anything is imported; a prompt has not.
        surroundings.pop("DJANGO_SETTINGS_MODULE", None)
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=surroundings,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        return done.stdout + done.stderr

    said.folder = tmp_path
    return said


def test_links_and_cards_are_made_by_the_first_command_ever(gonghui) -> None:
    """Nothing has opened the store before: the table still becomes links and cards."""
    book = Workbook()
    for row in TABLE:
        book.active.append(row)
    book.save(gonghui.folder / "名单.xlsx")
    address = ("--base", "http://192.168.1.23:8352")

    made = gonghui("people", "import", str(gonghui.folder / "名单.xlsx"), *address)
    renewed = gonghui("cards", "--yes", *address)

    assert "建好 1 条报送链接" in made
    assert "换好 1 张卡片" in renewed


def test_pages_of_an_office_that_has_only_a_desk(gonghui) -> None:
    """An empty store has no revision yet; the pages are made all the same."""
    gonghui("desk", "setup")

    said = gonghui("build")

    assert "Traceback" not in said
