"""The spool: written so that a kill leaves whole lines, read without surprise."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.readings import READINGS, Readings
from crawler.replay import replay_day
from crawler.spool import (
    RESULTS,
    WARC,
    SpoolEnd,
    SpoolLoss,
    SpoolPage,
    SpoolUnchanged,
    digest_of,
    page_from_note,
    page_note,
    read_spool,
    result_from_note,
    result_note,
)
from crawler.spool_writer import SpoolWriter
from newsroom.article import Article, ListEntry, Page
from newsroom.body import Body, Paragraph, Run
from newsroom.errors import NewsroomError
from newsroom.source import FaultClass, Loss
from tests.crawler.conftest import NOW

HEADERS = [("Content-Type", "text/html; charset=gbk"), ("Content-Encoding", "gzip")]
LOSS = SpoolLoss(Loss("test", FaultClass.DOWN, "网站打不开", "http://a.cn/", 2))
END = SpoolEnd(9, 12, {"known": 3}, 1.5, "stopped", NOW, NOW)


GBK = "正文".encode("gbk")


def page(number=1, role="article", body=GBK, **rest):
    url = f"http://a.cn/{number}.html"
    entry = ListEntry(url, "标题", NOW, has_time=True)
    shown = Page(
        url, body, NOW + timedelta(seconds=number), "text/html; charset=gbk", 200
    )
    return SpoolPage(role, shown, url, entry, digest=digest_of(body), **rest)


@pytest.fixture
def spool(tmp_path):
    return tmp_path / "spool"


def write(folder, *results):
    writer = SpoolWriter(folder)
    for result in results:
        if isinstance(result, SpoolPage):
            writer.write_page(result, HEADERS)
        elif isinstance(result, SpoolUnchanged):
            writer.write_unchanged(result, [], NOW)
        else:
            writer.write(result)
    writer.close()


def without_place(result):
    return (
        replace(result, warc="", offset=0) if isinstance(result, SpoolPage) else result
    )


def test_what_is_written_is_read_in_its_order(spool):
    """Pages with their bytes, unchanged pages, losses and the end come back."""
    unchanged = SpoolUnchanged("article", "http://a.cn/9.html", NOW, '"v1"', None)
    text = "<p>条目</p>"
    entry = replace(
        page(3, "entry", b""), fragment=text, digest=digest_of(text.encode())
    )
    results = [
        page(1),
        unchanged,
        page(2, parent="http://a.cn/1.html", etag='"x"'),
        entry,
        LOSS,
        END,
    ]
    write(spool, *results)

    assert [without_place(r) for r in read_spool(spool)] == results


@given(
    st.builds(
        SpoolEnd,
        st.integers(0, 999),
        st.integers(0, 999),
        st.dictionaries(st.sampled_from(["known", "offsite"]), st.integers(1, 9)),
        st.integers(0, 300).map(float),
        st.sampled_from(["finished", "killed"]),
        st.none() | st.just(NOW),
    )
)
def test_an_end_survives_its_note(end):
    """The end line is read as it was written."""
    assert result_from_note(json.loads(json.dumps(result_note(end)))) == end


@given(st.text(), st.none() | st.text(), st.booleans())
def test_a_page_survives_its_note(title, etag, has_time):
    """Whatever a title holds, the note of a page is read as it was written."""
    entry = ListEntry(
        "http://a.cn/1.html", title, NOW if has_time else None, has_time=has_time
    )
    whole = replace(page(), entry=entry, etag=etag)
    note = json.loads(json.dumps(page_note(whole)))

    assert page_from_note(note, whole.page.body) == whole


@pytest.mark.parametrize("cut", range(1, 200, 17))
def test_a_torn_last_line_is_left_out(spool, cut):
    """A kill in the middle of a line costs that line only."""
    write(spool, page(1), page(2))
    path = spool / RESULTS
    path.write_bytes(path.read_bytes()[:-cut])

    assert [without_place(r) for r in read_spool(spool)] == [page(1)]


@pytest.mark.parametrize("cut", [1, 40, 200])
def test_a_torn_last_record_is_not_replayed(spool, cut):
    """A WARC file that ends in mid-record gives the records before it."""
    write(spool, page(1), page(2), page(3))
    path = spool / WARC
    path.write_bytes(path.read_bytes()[:-cut])

    assert [without_place(p) for p in replay_day(spool)][:2] == [page(1), page(2)]


@pytest.mark.parametrize("cut", [20, 60, 200, 10_000])
def test_a_page_whose_record_is_not_whole_is_left_out(spool, cut):
    """After a power cut no page comes back cut short, and the spool is not stuck."""
    write(spool, page(1), page(2))
    first, second = read_spool(spool)
    warc = (spool / WARC).read_bytes()
    (spool / WARC).write_bytes(warc[: max(second.offset, len(warc) - cut)])

    assert list(read_spool(spool)) == [first]


def test_an_empty_folder_is_an_empty_spool(spool):
    """A child that died before its first line leaves nothing to read."""
    assert list(read_spool(spool)) == []


def test_a_spool_is_not_written_over(spool):
    """A folder with results must be read before it is used again."""
    write(spool, page(1))

    with pytest.raises(NewsroomError, match="上次的结果"):
        SpoolWriter(spool)


def test_a_record_that_is_missing_is_named(spool):
    """A line whose record is gone is an error that names the file."""
    write(spool, page(1))
    (spool / WARC).unlink()

    with pytest.raises(NewsroomError, match=WARC):
        list(read_spool(spool))


def test_a_day_can_be_read_again_from_its_warc_files_alone(tmp_path):
    """Files of a day, in folders or not, give their pages with list entries."""
    for name in ("b", "a"):
        write(tmp_path / name, page(1 if name == "a" else 2), LOSS, END)
        (tmp_path / name / RESULTS).unlink()

    assert [without_place(p) for p in replay_day(tmp_path)] == [page(1), page(2)]


def test_a_reading_spares_the_second_one(spool):
    """What the child read of a page comes back letter for letter; others have none."""
    writer = SpoolWriter(spool)
    text = Body((Paragraph((Run("文\n\u2028\ud800"),)),))
    read = Article("http://a.cn/1.html", "标题", NOW, text)
    writer.write_page(page(1), HEADERS)
    writer.write_reading(page(1).digest, read)
    writer.close()

    with Readings(spool) as readings:
        assert readings.article(page(1).digest, page(1).page) == read
        assert readings.article(page(1).digest, page(2).page) is None
        assert readings.article("0" * 64, page(1).page) is None


@pytest.mark.parametrize("kept", [b"", b'{"url": 1}', b'{"unknown": true}', b"\xff"])
def test_a_reading_that_is_torn_or_strange_is_none(spool, kept):
    """A page whose reading cannot be used is read again from its bytes."""
    spool.mkdir()
    digest = page(1).digest
    line = digest.encode() + b" " + kept
    (spool / READINGS).write_bytes(line + b"\n" + line[:70])

    with Readings(spool) as readings:
        assert readings.article(digest, page(1).page) is None


def test_at_a_polite_pace_each_page_is_synced(spool, monkeypatch):
    """Power that fails costs nothing that was read more than a moment ago."""
    synced, clock = [], iter(range(0, 100, 2))
    monkeypatch.setattr("crawler.spool_writer.monotonic", lambda: next(clock))
    monkeypatch.setattr("crawler.spool_writer.os.fsync", synced.append)
    writer = SpoolWriter(spool)
    for number in range(3):
        writer.write_page(page(number), HEADERS)
        assert len(synced) == 2 * (number + 1)
    writer.close()
