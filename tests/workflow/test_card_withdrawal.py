"""The share cards of a story from release to withdrawal, on a host."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from config import load_settings
from site_builder.forms.pictures import Photos
from workflow.cli import run
from workflow.publishing import Ask, choose_hosts, publish_all

HOST = """
[[hosts]]
name = "ben"
kind = "folder"
folder = "host/ben"
"""


@pytest.fixture
def published(lively):
    """An office whose public tree, cards and all, stands on a host."""
    file = lively.office.settings.file
    file.write_text(file.read_text(encoding="utf-8") + HOST, encoding="utf-8")
    office = replace(lively.office, settings=load_settings(file))
    publish_all(office, choose_hosts(office, ()), Ask("何某"))
    return office


def test_cards_stand_on_the_host_and_leave_it_with_their_story(published, capsys):
    """Released: cards are kept, built and published. Withdrawn: none is left."""
    host = published.settings.folder / "host" / "ben" / "current" / "cards"
    kept = published.data / "releases" / "cards"
    number = min(int(f.name.partition("-")[0]) for f in kept.iterdir())
    mine = sorted(f.name for f in host.glob(f"{number}-*"))
    form = Photos().jpeg(next(host.glob(f"{number}-*-og.jpg")), width=1200)

    code = run(
        [
            *("withdraw", str(number), "--by", "何某", "--reason", "当事人要求"),
            *("--config", str(published.settings.file)),
        ]
    )

    told = capsys.readouterr().out
    receipts = sorted((published.data / "publish" / "ben" / "receipts").iterdir())
    absent = json.loads(receipts[-1].read_text(encoding="utf-8"))["absent"]
    assert code == 0
    assert 2 == len(mine)
    assert (1200, 630) == (form.width, form.height)
    assert "本机保存的 3 张分享卡片已删除" in told
    assert "其中分享卡片 2 张" in told
    assert {f"cards/{name}" for name in mine} <= set(absent)
    assert not list(host.glob(f"{number}-*"))
    assert not list((published.data / "releases").rglob(f"*card-{number}-*"))
    assert not list(kept.glob(f"{number}-*"))
