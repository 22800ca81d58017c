"""The folder door: every story found once, nothing lost, nothing deleted."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date, timedelta

import pytest

from newsroom.submission import Door
from submissions.folder import make_town_folders
from submissions.limits import MAX_FILES, MAX_PHOTO_BYTES, MAX_TEXT_BYTES
from submissions.pictures import TOO_SMALL
from submissions.receipts import put_away, set_aside

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
STORY = "安福寺镇/2026-07-18 送清凉"


def test_a_folder_becomes_a_submission(inbox, make):
    """Title, text, labels and pictures of a folder are one submission."""
    inbox.put(STORY, {"稿件.txt": make.text, "职工领到清凉包.jpg": make.jpeg()})

    (found,) = inbox.scan().found

    sub = found.submission
    assert (sub.unit_id, sub.door, sub.title) == (
        "afs",
        Door.FOLDER,
        "1200份清凉包送到一线",
    )
    assert (sub.event_day, sub.author, sub.received_at) == (
        date(2026, 7, 18),
        "何某",
        make.now,
    )
    (photo,) = sub.photos
    assert photo.caption == "职工领到清凉包"
    assert photo.file in inbox.pictures
    assert (photo.width, photo.height) == (1280, 886)


def test_the_originals_are_sealed(inbox, make):
    """Every file as it came is handed to be sealed, those in folders too."""
    inbox.put(STORY, {"稿件.txt": make.text, "照片/1.jpg": make.jpeg()})

    (found,) = inbox.scan().found

    assert found.submission.original == f"originals/{found.submission.key}"
    assert inbox.originals[found.submission.key] == ["照片/1.jpg", "稿件.txt"]


@pytest.mark.parametrize("town", ["安福寺镇", "安福寺", "安福寺镇总工会", "AFS"])
def test_a_town_has_several_names(inbox, make, town):
    """Name, short name, union or id of a unit name its folder; the key is the same."""
    inbox.put(f"{town}/送清凉", {"稿件.txt": make.text})
    inbox.put("百里洲镇/送清凉", {"稿件.txt": make.text})

    found = inbox.scan().found

    assert {f.submission.unit_id for f in found} == {"afs", "by"}
    assert len({f.submission.key for f in found}) == 2


@pytest.mark.parametrize("town", ["某某镇", "旧镇"])
def test_an_unknown_town_is_a_sentence_and_stays(inbox, make, town):
    """What nobody can be credited with is left where it is, and said."""
    base = inbox.put(f"{town}/送清凉", {"稿件.txt": make.text})

    result = inbox.scan()

    assert (result.found, result.unread) == ((), ())
    assert f"「{town}」不是单位表里的名称，里面的 1 份没有收" in result.problems[0]
    assert (base / "稿件.txt").exists()


def test_the_same_files_have_the_same_key(inbox, make):
    """Scanned again, or put in again under another name, it is the same submission."""
    inbox.put(STORY, {"稿件.txt": make.text})
    (first,) = inbox.scan().found
    inbox.put("安福寺/又一次", {"稿件.txt": make.text})
    inbox.put("安福寺镇/另一篇", {"稿件.txt": f"{make.text}多一句。"})

    keys = [f.submission.key for f in inbox.scan(make.now + timedelta(days=1)).found]

    assert len(keys) == 3
    assert keys.count(first.submission.key) == 2


def test_captions_come_from_their_file(inbox, make):
    """说明.txt gives captions; names that a phone made up are no captions."""
    inbox.put(
        STORY,
        {
            "稿件.txt": f"{make.text}拍摄：李某\n",
            "说明.txt": "IMG_10.jpg：第十张\nIMG_9：第九张".encode("gb18030"),
            "IMG_10.jpg": make.jpeg("red"),
            "IMG_9.JPG": make.jpeg("green"),
            "微信图片_20260718.jpg": make.jpeg("blue"),
            "01-车间里的送清凉.jpg": make.jpeg("black"),
        },
    )

    (found,) = inbox.scan().found

    photos = found.submission.photos
    assert [p.caption for p in photos] == ["车间里的送清凉", "第九张", "第十张", None]
    assert {p.credit for p in photos} == {"李某"}
    assert found.submission.could_not_read == ()


def test_what_could_not_be_read_is_told(inbox, make):
    """A44: a file that is no picture, a list, a document: named with the reason."""
    inbox.put(
        STORY,
        {
            "稿件.txt": make.text,
            "a.jpg": b"MZ\x90\0",
            "b.heic": b"\0\0\0\x18ftypheic",
            "名单.xlsx": b"PK",
            "原稿.docx": b"PK",
            "另一篇.txt": "标题\n正文",
        },
    )

    (found,) = inbox.scan().found

    told = dict(zip("abcde", found.submission.could_not_read, strict=False))
    assert len(told) == 5
    text = "\n".join(told.values())
    for words in ("a.jpg（不是 JPG", "HEIC", "名单、表格", "打开原件核对", "只收一篇"):
        assert words in text


def test_a_small_or_double_photo_gets_a_word(inbox, make):
    """The unit and the report are told of photos that are small or come twice."""
    small = make.jpeg(size=(600, 400))
    inbox.put(STORY, {"稿件.txt": make.text, "1.jpg": small, "2.jpg": small})

    result = inbox.scan()

    (found,) = result.found
    assert len(found.submission.photos) == 1
    assert found.remarks == (f"1.jpg：{TOO_SMALL}", "2.jpg：和 1.jpg 是同一张照片")
    assert f"{STORY}：1.jpg：{TOO_SMALL}" in result.problems


def test_over_the_limits_is_a_sentence(inbox, make):
    """A56: more than nine photos or 25 MB are named; the story is still taken."""
    photos = {f"{n}.jpg": make.jpeg((n, n, n), (900, 600)) for n in range(1, 11)}
    big = {"0.jpg": b"\xff\xd8" + bytes(MAX_PHOTO_BYTES)}
    inbox.put(STORY, {"稿件.txt": make.text} | photos | big)

    (found,) = inbox.scan().found

    assert [p.original_name for p in found.submission.photos][-1] == "9.jpg"
    assert found.submission.could_not_read == (
        "0.jpg（照片超过 25 MB）",
        "10.jpg（一篇最多 9 张照片）",
    )


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({"稿件.doc": OLE}, "老格式文件，我们已收到"),
        ({"稿件.docx": b"PK", "1.jpg": b""}, "请另存为 Word 文件"),
        ({"1.jpg": b""}, "没有文字稿"),
        ({"说明.txt": "1.jpg：说明"}, "没有文字稿"),
        ({"稿件.txt": "只有标题"}, "没有正文"),
        ({"稿件.txt": b"MZ\0\0"}, "不是文本文件"),
        ({"稿件.txt": b"a\n" * MAX_TEXT_BYTES}, "超过 1 MB"),
        ({f"{n}.dat": b"" for n in range(MAX_FILES + 1)}, "太多了"),
    ],
)
def test_what_a_machine_cannot_read_goes_to_a_person(inbox, files, why):
    """Unread is never lost: it is named, then set aside with a note."""
    inbox.put(STORY, files)

    result = inbox.scan()

    (unread,) = result.unread
    assert why in unread.why
    assert result.problems == (f"{STORY} 需要人工处理：{unread.why}",)
    assert set_aside(inbox.folder, unread, now=inbox.now) is None
    aside = inbox.folder / "需人工" / "2026-07-20" / STORY
    assert {p.name for p in aside.iterdir()} == {*files, "需人工.txt"}
    assert why in (aside / "需人工.txt").read_text("utf-8-sig")


def test_a_folder_being_copied_waits(inbox, make):
    """A folder with a file of the last seconds is left for the next time."""
    base = inbox.put(STORY, {"稿件.txt": make.text, "1.jpg": make.jpeg()})
    inbox.age(base / "1.jpg", 5)

    assert "还在复制" in inbox.scan().problems[0]
    assert len(inbox.scan(make.now + timedelta(minutes=1)).found) == 1
    inbox.age(base / "1.jpg", -3600)
    assert len(inbox.scan().found) == 1


def test_a_text_file_alone_is_a_story(inbox, make):
    """A text that stands in the town's folder itself is taken too."""
    inbox.put("安福寺镇", {"送清凉.txt": "7月18日，送清凉。\n惠及职工。"})

    (found,) = inbox.scan().found

    assert found.submission.title == "送清凉"
    assert "暂用文件夹的名字作标题" in found.remarks[0]


def test_loose_files_are_sentences(inbox, make):
    """Files beside the folders are named and stay; those of the system are passed."""
    inbox.put("安福寺镇", {"1.jpg": make.jpeg(), "Thumbs.db": b"", "~$稿.docx": b""})
    inbox.put(".", {"稿件.txt": make.text, ".DS_Store": b""})
    (inbox.folder / "安福寺镇" / "空").mkdir()

    problems = inbox.scan().problems

    assert len(problems) == 3
    text = "\n".join(problems)
    for words in ("1.jpg 旁边没有文字稿", "不知道是谁报的", "空 是空文件夹"):
        assert words in text


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a43_a_link_leads_nowhere(inbox, make, tmp_path):
    """A43: a link out of the inbox is never followed."""
    secret = tmp_path / "secret.txt"
    secret.write_text("秘密\n内容", "utf-8")
    base = inbox.put(STORY, {"稿件.txt": make.text})
    (base / "另.txt").symlink_to(secret)
    (inbox.folder / "安福寺镇" / "链接").symlink_to(tmp_path)

    result = inbox.scan()

    assert [f.submission.could_not_read for f in result.found] == [()]
    assert "快捷方式" in result.problems[0]


def test_a_disk_that_is_full_is_a_sentence(inbox, make, monkeypatch):
    """D10: when nothing can be kept the story waits in the inbox."""
    inbox.put(STORY, {"稿件.txt": make.text})

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(inbox, "keep_original", full)

    result = inbox.scan()

    assert result.found == ()
    assert "磁盘空间" in result.problems[0]


def test_a_read_folder_is_put_away_with_a_receipt(inbox, make):
    """The receipt gives number, time, what was read and what was not."""
    inbox.put(STORY, {"稿件.txt": make.text, "1.jpg": make.jpeg(), "b.xls": b""})
    (found,) = inbox.scan().found
    kept = replace(found.submission, number="报0720-AFS-01")

    assert put_away(inbox.folder, found, kept, now=make.now) is None

    away = inbox.folder / "已收" / "2026-07-20" / STORY
    receipt = (away / "回执.txt").read_text("utf-8-sig")
    assert receipt.splitlines() == [
        "已收到：安福寺镇《1200份清凉包送到一线》，编号 报0720-AFS-01。",
        "时间：2026年7月20日 07:00",
        "正文：2 段，42 字",
        "照片：1 张（1.jpg）",
        "没有读出：b.xls（只收文字稿和照片，名单、表格、压缩包和视频不收）",
    ]
    assert inbox.scan().found == ()


def test_killed_before_the_move_the_key_stays(inbox, make):
    """A receipt that was written before a kill does not make another submission."""
    base = inbox.put(STORY, {"稿件.txt": make.text})
    (first,) = inbox.scan().found
    (base / "回执.txt").write_text("编号", "utf-8")

    (again,) = inbox.scan().found

    assert again.submission.key == first.submission.key
    assert inbox.originals[first.submission.key] == ["稿件.txt"]


def test_a_name_taken_gets_a_number(inbox, make):
    """The same folder put in twice is put away twice, the second says so."""
    for _ in range(2):
        inbox.put(STORY, {"稿件.txt": make.text})
        (found,) = inbox.scan(make.now + timedelta(hours=1)).found
        kept = replace(found.submission, number="报0720-AFS-01", received_at=make.now)
        put_away(inbox.folder, found, kept, now=make.now)

    away = inbox.folder / "已收" / "2026-07-20" / "安福寺镇"
    names = sorted(path.name for path in away.iterdir())
    assert names == ["2026-07-18 送清凉", "2026-07-18 送清凉-2"]
    receipt = (away / names[1] / "回执.txt").read_text("utf-8-sig")
    assert "已经收过，编号不变" in receipt


def test_a_single_file_is_put_away_in_a_folder(inbox, make):
    """A text file alone gets a folder for itself and its receipt."""
    inbox.put("安福寺镇", {"送清凉.txt": make.text})
    (found,) = inbox.scan().found

    put_away(inbox.folder, found, found.submission, now=make.now)

    away = inbox.folder / "已收" / "2026-07-20" / "安福寺镇" / "送清凉"
    assert {p.name for p in away.iterdir()} == {"送清凉.txt", "回执.txt"}


def test_what_cannot_be_moved_is_a_sentence(inbox, make):
    """A folder that someone holds open is read now and moved next time."""
    inbox.put(STORY, {"稿件.txt": make.text})
    (found,) = inbox.scan().found
    (inbox.folder / "已收").write_text("不是文件夹", "utf-8")

    problem = put_away(inbox.folder, found, found.submission, now=make.now)

    assert "移不走" in problem
    assert found.place.exists()


def test_towns_get_their_folders(inbox, make):
    """A folder for each unit that hands in, and an empty inbox is no problem."""
    assert inbox.scan().problems == ()
    make_town_folders(inbox.folder, make.units)

    assert {p.name for p in inbox.folder.iterdir()} == {"安福寺镇", "百里洲镇"}
    assert inbox.scan().problems == ()
