"""``gonghui read`` and ``gonghui list`` on small pages of our own writing."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from newsroom.article import CHINA, Page
from newsroom.errors import NewsroomError
from tests.workflow.small_pages import ARTICLE, FEED, LIST, ROW
from workflow.cli import run
from workflow.reading import is_feed, page_from_file

NOW = datetime(2026, 9, 21, 8, tzinfo=CHINA)
ADDRESS = "http://union.example.cn/xw/2026/1.html"
COLUMN = "http://union.example.cn/xw/index.html"


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    rows = "".join(ROW.format(n=n) for n in range(1, 9))
    (tmp_path / "a.html").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "l.html").write_text(LIST.format(rows=rows), encoding="utf-8")
    (tmp_path / "f.xml").write_text(FEED, encoding="utf-8")
    (tmp_path / "empty.html").write_text("", encoding="utf-8")
    return tmp_path


def test_read_json_is_one_object(pages, capsys):
    """``read --json`` prints one object with the values of the page."""
    code = run(["read", str(pages / "a.html"), "--url", ADDRESS, "--json"])
    found = json.loads(capsys.readouterr().out)

    assert code == 0
    assert found["title"] == "百里洲镇总工会送清凉到一线"
    assert found["date"] == "2026-09-18T09:30:00+08:00"
    assert found["source"] == "百里洲镇总工会"
    assert "爱心驿站" in found["body"]
    assert "版权所有" not in found["body"]


def test_read_shows_the_values_and_their_grounds(pages, capsys):
    """``read --explain`` shows the values in Chinese and the rule behind each."""
    code = run(["read", str(pages / "a.html"), "--url", ADDRESS, "--explain"])
    shown = capsys.readouterr().out

    assert code == 0
    assert "2026-09-18 09:30" in shown
    assert "规则" in shown
    assert "作者" in shown


def test_an_unreadable_page_is_a_sentence(pages, capsys):
    """A page without an article is one sentence on the error stream, and code 1."""
    code = run(["read", str(pages / "empty.html")])
    told = capsys.readouterr()

    assert (code, told.out) == (1, "")
    assert "出错了" in told.err


def test_a_missing_file_is_a_sentence(pages, capsys):
    """A missing file is told as such."""
    code = run(["read", str(pages / "no.html")])

    assert code == 1
    assert "没有" in capsys.readouterr().err


def test_read_without_a_page_asks_for_one(capsys):
    """``read`` alone asks for a file or an address."""
    assert run(["read"]) == 1
    assert "文件或网址" in capsys.readouterr().err


def test_list_gives_rows_and_the_next_page(pages, capsys):
    """``list --json`` gives address, title and date of each row, and the next page."""
    code = run(["list", str(pages / "l.html"), "--json", "--url", COLUMN])
    found = json.loads(capsys.readouterr().out)

    assert code == 0
    assert len(found["entries"]) == 8
    assert found["entries"][0] == {
        "url": "http://union.example.cn/xw/2026/1.html",
        "title": "枝江某镇工会举办第1场劳动竞赛和技能比武",
        "date": "2026-09-01",
    }
    assert found["next"] == "http://union.example.cn/xw/index_2.html"


def test_list_reads_a_feed_by_its_root(pages, capsys):
    """A feed's entries are listed like a column's rows, in China's time."""
    code = run(["list", str(pages / "f.xml"), "--json"])
    found = json.loads(capsys.readouterr().out)

    assert code == 0
    assert found["entries"] == [
        {
            "url": "http://union.example.cn/1.html",
            "title": "维权热线开通",
            "date": "2026-09-21T08:30:00+08:00",
        }
    ]


def test_list_shows_a_table(pages, capsys):
    """``list`` shows how many rows it read and what comes next."""
    code = run(["list", str(pages / "l.html"), "--url", COLUMN])
    shown = capsys.readouterr().out

    assert code == 0
    assert "读到 8 条" in shown
    assert "下一页" in shown


def write_cases(pages: Path, *cases: dict[str, object]) -> Path:
    file = pages / "cases.jsonl"
    lines = (json.dumps(case, ensure_ascii=False) for case in cases)
    file.write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    return file


def test_cases_give_one_reading_a_line_and_never_stop(pages, capsys):
    """Each case gives one line in order; an unreadable one gives its reason."""
    file = write_cases(
        pages,
        {"id": "a", "kind": "article", "file": "a.html", "url": ADDRESS},
        {"id": "l", "kind": "list", "file": "l.html", "url": COLUMN},
        {"id": "f", "kind": "feed", "file": "f.xml", "url": None},
        {"id": "x", "kind": "article", "file": "empty.html", "url": None},
        {"id": "y", "kind": "article", "file": "gone.html", "url": None},
    )
    code = run(["read", "--cases", str(file), "--jsonl"])
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    assert code == 0
    assert [reading["id"] for reading in found] == ["a", "l", "f", "x", "y"]
    assert found[0]["title"] == "百里洲镇总工会送清凉到一线"
    assert len(found[1]["entries"]) == 8
    assert found[2]["title"] == "工会快讯"
    assert ["error" in reading for reading in found] == [False] * 3 + [True] * 2


def test_cases_without_jsonl_are_a_table(pages, capsys):
    """Without ``--jsonl`` a batch is a table with the count of unreadable pages."""
    file = write_cases(
        pages,
        {"id": "a", "kind": "article", "file": "a.html", "url": ADDRESS},
        {"id": "x", "kind": "article", "file": "empty.html", "url": None},
    )
    code = run(["read", "--cases", str(file)])

    assert code == 0
    assert "读了 2 个，1 个读不出" in capsys.readouterr().out


@pytest.mark.parametrize("line", ["{", "[]", '{"id": "a"}'])
def test_a_broken_line_of_cases_is_named(pages, capsys, line):
    """A line that is no case is named by its number before anything is read."""
    file = pages / "cases.jsonl"
    file.write_text(f"\n{line}\n", encoding="utf-8")

    assert run(["read", "--cases", str(file), "--jsonl"]) == 1
    told = capsys.readouterr()
    assert (told.out, "第 2 行" in told.err) == ("", True)


def test_a_saved_page_brings_the_address_the_browser_noted(tmp_path):
    """Without ``--url`` the address that the browser wrote into the page serves."""
    file = tmp_path / "saved.html"
    file.write_bytes(
        b"<!DOCTYPE html>\n<!-- saved from url=(0030)http://union.example.cn/1.html -->"
    )

    assert page_from_file(file, None, NOW).url == "http://union.example.cn/1.html"
    assert page_from_file(file, "http://b.cn/", NOW).url == "http://b.cn/"


def test_a_huge_file_is_no_page(tmp_path):
    """A file of more than 8 MB is refused unread."""
    file = tmp_path / "film.html"
    with file.open("wb") as sparse:
        sparse.truncate(8 * 1024 * 1024 + 1)

    with pytest.raises(NewsroomError, match="8 MB"):
        page_from_file(file, None, NOW)


@pytest.mark.parametrize(
    ("body", "feed"),
    [
        (b'<?xml version="1.0"?><feed xmlns="x">', True),
        (b"\xef\xbb\xbf<rss version='2.0'>", True),
        (b"<rdf:RDF xmlns:rdf='x'>", True),
        (b"<!DOCTYPE html><html><body><pre>&lt;rss&gt;</pre>", False),
        (b'<?xml version="1.0"?><html xmlns="x">', False),
    ],
)
def test_a_feed_is_told_by_its_root(body, feed):
    """A feed is told by its root element, not by a name or an XML line."""
    assert is_feed(Page("", body, NOW)) is feed
