"""Attacks by what is typed and sent: scripts, files, floods, robots (A01-A80)."""

from __future__ import annotations

import io
import re
from urllib.parse import urlencode

import pytest

from tests.desk.conftest import PAGE

SCRIPTS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "{{7*7}}{% raw %}",
    "%s%n{0.__class__}",
    '"><b onmouseover=alert(1)>',
)


def test_a01_a02_a03_a19_what_is_typed_is_shown_as_text(house, picture):
    """A01-A03, A19: scripts and templates in every field come out as letters."""
    bad = "".join(SCRIPTS)
    number = house.number(
        title="<b>标题</b>{{7*7}}",
        text=house.text + bad,
        place=bad[:50],
        author="<i>李</i>",
    )
    house.act("editor", number, "comment", text=bad)
    pages = [
        house.browser("editor").get(f"/desk/s/{number}/"),
        house.browser("editor").get("/desk/"),
        house.browser("editor").get(f"/desk/s/{number}/form"),
        house.browser().get(f"/s/{house.links['afs']}/"),
        house.browser().get(f"/s/{house.links['afs']}/r/{number}"),
    ]
    text = "".join(page.content.decode() for page in pages)

    assert [200] * 5 == [page.status_code for page in pages]
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert "<b>标题" not in text
    assert "{{7*7}}" in text
    assert "/b&gt;49" not in text


def test_a07_a43_a_file_name_is_only_words(house, picture):
    """A07, A43: names with paths, NUL and tags name nothing on the disk."""
    photo = picture()
    photo.name = '../../x"><img src=x onerror=1>.php.jpg'
    number = house.number(photo=photo)
    kept = house.store.submission(number).photos[0]
    client = house.browser("editor")

    assert re.fullmatch(r"[0-9a-f]{64}\.(jpg|png)", kept.file)
    for name in ("..%2F..%2Fstore.sqlite3", "con.docx", ".htaccess", "x%00.jpg"):
        assert 404 == client.get(f"/desk/s/{number}/photo/{name}").status_code
        assert 404 == client.get(f"/desk/paper/{name}").status_code
    assert 404 == client.get("/desk/paper/../../data/store.sqlite3").status_code


@pytest.mark.parametrize(
    "content",
    [b"MZ" + b"\0" * 99, b"<svg onload=alert(1)>", b"<html>", b"GIF89a" + b"\0" * 9],
)
def test_a09_a44_a52_what_is_no_picture_is_refused_with_a_sentence(house, content):
    """A09, A44, A52: by content, whatever the name; the text typed stays."""
    file = io.BytesIO(content)
    file.name = "照片.jpg"
    page = house.browser().post(
        f"/s/{house.links['afs']}/whole",
        {"title": "标题", "text": house.text, "photo": file},
    )
    words = page.content.decode()

    assert 422 == page.status_code
    assert "照片.jpg：" in words
    assert "1200份" in words


def test_a45_a54_a_photo_is_only_its_pixels(house, picture):
    """A45, A54: a page glued to a photo is gone; it is served where nothing runs."""
    photo = picture()
    whole = io.BytesIO(photo.read() + b"<script>alert(1)</script>")
    whole.name = "x.jpg"
    number = house.number(photo=whole)
    name = house.store.submission(number).photos[0].file
    answer = house.browser("editor").get(f"/desk/s/{number}/photo/{name}")
    data = answer.content

    assert b"<script>" not in data
    assert "default-src 'none'; sandbox" == answer.headers["Content-Security-Policy"]
    assert "image/jpeg" == answer.headers["Content-Type"]


def test_a56_a_unit_sends_so_many_a_day_and_no_more(house):
    """A56: past the day's number a plain page; the text is kept; editors go on."""
    for _ in range(20):
        house.store.note_attempt("send:afs", at=house.clock())
    page = house.browser().post(
        f"/s/{house.links['afs']}/whole",
        {
            "when": "9月18日",
            "title": "第二十一篇",
            "text": house.text,
            "author": "李",
            "reviewer": "陈",
            "phone": "13800001111",
            "public": "yes",
            "promise": "yes",
        },
    )
    own = house.browser().get(f"/s/{house.links['afs']}/").content.decode()

    assert 409 == page.status_code
    assert "今天已经报了很多篇" in page.content.decode()
    assert "第二十一篇" in own


def test_a58_a59_floods_are_refused_early(house):
    """A58, A59: a giant length, thousands of fields, hundreds of files: 4xx."""
    client = house.browser()
    path = f"/s/{house.links['afs']}/whole"
    giant = client.post(
        path,
        b"",
        content_type="multipart/form-data; boundary=x",
        headers={"content-length": str(10 * 1024**3)},
    )
    fields = client.post(path, {f"f{n}": "x" for n in range(5000)})
    files = client.post(path, {f"f{n}": io.BytesIO(b"x") for n in range(100)})

    assert 413 == giant.status_code
    assert [400, 400] == [fields.status_code, files.status_code]


@pytest.mark.parametrize(
    "body", [b"--x\r\n", b"--x\r\nContent-Disposition: form-data", b"\xff" * 500, b""]
)
def test_a60_broken_multipart_is_a_plain_refusal(house, body):
    """A60: malformed bodies give a sentence at once, never a crash."""
    answer = house.browser().post(
        f"/s/{house.links['afs']}/whole",
        body,
        content_type="multipart/form-data; boundary=x",
    )

    assert answer.status_code in {400, 422}
    assert "Traceback" not in answer.content.decode()


@pytest.mark.parametrize("word", ["' OR 1=1 --", "%", "_", '"; DROP TABLE story; --'])
def test_a65_a_word_is_only_searched_for(house, word):
    """A65: quotes and wildcards find nothing and break nothing."""
    number = house.number()
    page = house.browser("editor").get("/desk/", {"q": word, "unit": word})

    assert 200 == page.status_code
    assert number not in page.content.decode()
    assert "checked" == house.state(number)


def test_a69_a_name_in_the_log_is_one_line(house, caplog):
    """A69: line ends and colours of a field's name are escaped and cut."""
    told = urlencode({"x\r\nINFO forged \x1b[31m" + "y" * 5000: "1"})
    kind = "application/x-www-form-urlencoded"
    house.browser().post("/desk/login", told, content_type=kind)
    line = next(r.getMessage() for r in caplog.records if "forged" in r.getMessage())

    assert "\n" not in line
    assert "\x1b" not in line
    assert 400 > len(line)


def test_a71_an_error_shows_no_trace_but_a_number(house, monkeypatch):
    """A71: what broke is logged under a number; the page says only that."""
    import desk.own_views

    monkeypatch.setattr(desk.own_views, "status_words", lambda _: 1 / 0)
    house.number()
    page = house.browser().get(f"/s/{house.links['afs']}/")
    words = page.content.decode()

    assert 500 == page.status_code
    assert re.search(r"编号 [0-9a-f]{8}", words)
    assert "ZeroDivision" not in words
    assert "Traceback" not in words


def test_a76_a_field_that_no_person_sees_catches_robots(house):
    """A76: a honeypot; no picture puzzles."""
    base = f"/s/{house.links['afs']}"
    key = house.browser().post(f"{base}/new").url.split("/")[4]
    house.browser().post(f"{base}/d/{key}/topic", {"topic": "free"})
    house.browser().post(f"{base}/d/{key}/draft", {"title": "标", "text": house.text})
    page = house.browser().post(f"{base}/d/{key}/send", {"website": "x"})

    assert 409 == page.status_code
    assert () == house.store.submissions()


def test_a76_a_page_filled_in_at_once_is_not_taken(house):
    """A76: nobody types a page in a second; what was typed stays, and then it goes."""
    path = f"/s/{house.links['afs']}/whole"
    page = house.browser().get(path).content.decode()
    opened = re.search(r'name="opened" value="([^"]+)"', page)[1]
    house.clock.on(seconds=1)
    hasty = house.browser().post(path, PAGE | {"opened": opened})
    again = hasty.content.decode()
    kept = {
        name: re.search(rf'name="{name}" value="([^"]+)"', again)[1]
        for name in ("key", "opened")
    }
    before = house.store.submissions()
    house.clock.on(seconds=4)
    sent = house.browser().post(path, PAGE | kept)

    assert "发得太快了" in again
    assert PAGE["title"] in again
    assert () == before
    assert (302, 1) == (sent.status_code, len(house.store.submissions()))


def test_a80_wrong_words_are_shown_and_stop_the_signing(house):
    """A80: the list stands beside the text; publishing waits until it is clear."""
    number = house.number()
    house.act("editor", number, "edit", title="截止目前送清凉", text=house.text)
    page = house.browser("editor").get(f"/desk/s/{number}/").content.decode()
    house.act("editor", number, "sign")
    before = house.state(number)
    key = re.search(r'name="finding" value="([^"]+)"', page)[1]
    house.act("editor", number, "tick", finding=key)
    house.act("editor", number, "sign")

    assert "改成“截至目前”" in page
    assert ["checked", "first_ok"] == [before, house.state(number)]
