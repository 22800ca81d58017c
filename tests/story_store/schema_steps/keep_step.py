"""Keep what a store of a schema step holds, as SQL text beside this script.

A fixture shows how an office of that time left its store; it is made once and never
again, so a later change of the program or of a migration meets the bytes of then. All
names and texts are fictional.

A new migration needs its fixture before it is committed, made with the newest step:

    .venv/bin/python -m tests.story_store.schema_steps.keep_step 0010_its_name

``tests/workflow/test_upgrades.py`` fails until it is there. A step that is not the
newest is reached by migrating back; a file that is there already is left alone.
"""

from __future__ import annotations

import shutil
import sqlite3
import sys
import tempfile
from contextlib import closing
from datetime import datetime
from pathlib import Path

from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from config import load_settings
from newsroom.article import CHINA
from story_store.opening import APP
from story_store.setup import configure, release
from story_store.wholeness import DATABASE
from tests.workflow.lively import make_lively
from workflow.adding import add_pages, saved_page
from workflow.office import Office

FOLDER = Path(__file__).parent
ROOT = Path(__file__).parents[3]
NOW = datetime(2026, 9, 21, 6, 0, tzinfo=CHINA)
CONFIG = """
[office]
name = "枝江市总工会"
short_name = "枝江工会"
place = "枝江"
city = "宜昌"
icp = "鄂ICP备12345678号"

[crawl]
user_agent = "GonghuiTest/1.0 (+mailto:test@example.org)"

[[calendar]]
year = 2026
holidays = ["2026-10-01 至 2026-10-07"]

[[sources]]
id = "lanmu"
name = "样板工会网"
tier = "zj"
urls = ["http://union.example.cn/xw/"]

[[sources]]
id = "jcbs"
name = "镇街基层报送"
tier = "zhen"
kind = "local"
"""
PAGE = """<!doctype html><html><head><meta charset="utf-8">
<title>样板市总工会为户外劳动者新建五处驿站</title></head><body>
<h1>样板市总工会为户外劳动者新建五处驿站</h1>
<p>发布时间：2026-09-20 来源：样板市总工会</p>
<div class="content">
<p>9月20日，样板市总工会建成的五处户外劳动者驿站同时开门，环卫、快递和外卖职工可以在这里喝水、热饭、歇脚和给手机充电。</p>
<p>驿站由沿街单位腾出房间，工会配齐微波炉、药箱和桌椅，每天开放十二个小时，并由附近单位的职工轮流值守。</p>
</div></body></html>
"""


def step_back(folder: Path, step: str) -> None:
    """Bring a store back to how this step of the schema had it."""
    alias = configure(folder / DATABASE)
    try:
        MigrationExecutor(connections[alias]).migrate([(APP, step)])
    finally:
        release(alias)


def load_step(step: str, folder: Path) -> None:
    """Put the store of this step into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    told = (FOLDER / f"{step}.sql").read_text(encoding="utf-8")
    with closing(sqlite3.connect(folder / DATABASE)) as store:
        store.executescript(told)


def keep_step(step: str) -> Path:
    """Write the fixture of a step where there is none; its file."""
    file = FOLDER / f"{step}.sql"
    if file.exists():
        return file
    with tempfile.TemporaryDirectory() as folder:
        office = _office(Path(folder))
        step_back(office.data, step)
        with closing(sqlite3.connect(office.data / DATABASE)) as store:
            lines = "\n".join(store.iterdump())
    file.write_text(f"{lines}\n", encoding="utf-8")
    return file


def _office(folder: Path) -> Office:
    """An office with an article, two submissions with pictures, a released edition."""
    shutil.copytree(ROOT / "config", folder / "config")
    (folder / "config.toml").write_text(CONFIG, encoding="utf-8")
    office = Office(load_settings(folder / "config.toml"), NOW)
    page = folder / "驿站.html"
    page.write_text(PAGE, encoding="utf-8")
    saved = saved_page(page, "http://union.example.cn/xw/1.html", NOW)
    add_pages(office, (saved,), name="lanmu", day=None)
    return make_lively(office).office


if __name__ == "__main__":
    for wanted in sys.argv[1:]:
        made = keep_step(wanted)
        sys.stdout.write(f"{made.name} {made.stat().st_size}\n")
