"""Mails as they really come: QQ and Outlook, raw GBK, letters inside letters."""

from __future__ import annotations

import base64

import pytest
import word_files as word
from hypothesis import given
from hypothesis import strategies as st
from imap_tools import MailMessage

from submissions.incoming_mail import QUOTE_LEFT_OUT, WORDS_LEFT_OUT, read_mail
from submissions.letter_words import own_words
from submissions.mail import incoming_mail
from submissions.mail_parts import decode_words

TEXT = "7月18日，安福寺镇总工会把1200份清凉包送到职工手里。"
SUBJECT = "安福寺镇+动态+送清凉"


def b64(data: str | bytes, charset: str = "gb18030") -> str:
    raw = data.encode(charset) if isinstance(data, str) else data
    return base64.b64encode(raw).decode()


def encoded(words: str, charset: str = "gb18030") -> str:
    return f"=?{charset}?B?{b64(words, charset)}?="


def head(subject=SUBJECT, kind='multipart/mixed; boundary="A"') -> str:
    return (
        f"From: {encoded('何某')} <he@example.cn>\r\nSubject: {encoded(subject)}\r\n"
        f"Message-ID: <a@qq.com>\r\nMIME-Version: 1.0\r\nContent-Type: {kind}\r\n\r\n"
    )


def part(kind: str, data: str | bytes, *more: str) -> str:
    lines = (f"Content-Type: {kind}", *more, "Content-Transfer-Encoding: base64")
    return "\r\n".join(("--A", *lines, "", b64(data), ""))


def file_part(name: str, data: bytes) -> str:
    return part(
        f'application/octet-stream; name="{name}"',
        data,
        f'Content-Disposition: attachment; filename="{name}"',
    )


@pytest.fixture
def read(inbox):
    """The mail of these bytes, read as the door reads it."""

    def reading(raw: bytes | str):
        data = raw.encode() if isinstance(raw, str) else raw
        letter = incoming_mail(MailMessage.from_bytes(data))
        return read_mail(
            letter,
            inbox.units.units[0],
            units=inbox.units,
            now=inbox.now,
            keep_picture=inbox.keep_picture,
        )

    return reading


def document() -> bytes:
    return word.saved(word.plain())


def test_a_mail_of_qq_with_encoded_names(read):
    """GB18030 words in base64, subject and file name in encoded words."""
    raw = head() + part('text/plain; charset="gb18030"', "见附件")
    raw += part('text/html; charset="gb18030"', "<div>见附件</div>")
    raw += file_part(encoded("清凉稿件.docx"), document()) + "--A--\r\n"
    (story,) = read(raw).stories

    assert word.TITLE == story.title
    assert word.FIRST in story.body.text


def test_headers_and_names_in_raw_gbk(read):
    """Old programs write GBK bytes where only ASCII is allowed."""
    name = "清凉.txt".encode("gbk")
    raw = b"From: he@example.cn\r\nSubject: " + SUBJECT.encode("gbk")
    raw += b"\r\nMessage-ID: <b@x>\r\nContent-Type: multipart/mixed; boundary=A\r\n\r\n"
    raw += part("text/plain; charset=gb2312", "见附件").encode()
    raw += b'--A\r\nContent-Type: text/plain; name="' + name + b'"\r\n'
    raw += b'Content-Disposition: attachment; filename="' + name + b'"\r\n'
    raw += b"Content-Transfer-Encoding: 8bit\r\n\r\n" + f"题目\n{TEXT}".encode("gbk")
    raw += b"\r\n--A--\r\n"
    (story,) = read(raw).stories

    assert "题目" == story.title
    assert TEXT == story.body.text


def test_words_without_a_character_set(read):
    """Eight-bit words of no declared set are UTF-8, else GB18030."""
    plain = b"From: he@example.cn\r\nSubject: x\r\nMessage-ID: <c@x>\r\n\r\n"
    texts = [
        read(plain + TEXT.encode(charset)).stories[0].body.text
        for charset in ("gbk", "utf-8", "gb18030")
    ]

    assert [TEXT] * 3 == texts


def test_rare_characters_under_the_name_of_gb2312(read):
    """GB2312 is declared, GB18030 is used: 喆、堃、镕 stay."""
    said = f"{TEXT}车间主任李喆、王堃、赵镕参加。"
    raw = head() + part("text/plain; charset=gb2312", said) + "--A--\r\n"

    assert "李喆、王堃、赵镕" in read(raw).stories[0].body.text


def test_a_name_in_pieces_by_rfc_2231(read):
    """A file name cut into pieces is put together."""
    raw = head() + part("text/plain; charset=gb18030", "见附件")
    raw += part(
        "application/octet-stream",
        document(),
        "Content-Disposition: attachment;\r\n filename*0*=utf-8''%E7%A8%BF;"
        "\r\n filename*1*=%E4%BB%B6.docx",
    )
    (story,) = read(raw + "--A--\r\n").stories

    assert word.TITLE == story.title


def test_a_forwarded_letter_with_its_file_inside(read):
    """A mail inside a mail gives its document."""
    inner = head(kind="multipart/mixed; boundary=B") + part(
        "text/plain; charset=gb18030", "请看附件"
    ).replace("--A", "--B")
    inner += file_part("in.docx", document()).replace("--A", "--B") + "--B--\r\n"
    raw = head("转发：" + SUBJECT) + part("text/plain; charset=gb18030", "见附件")
    raw += "--A\r\nContent-Type: message/rfc822\r\n\r\n" + inner + "--A--\r\n"
    (story,) = read(raw).stories

    assert word.TITLE == story.title


def test_winmail_is_named_with_what_to_do(read):
    """Outlook's own format is opened by nobody; the words are taken."""
    raw = head() + part("text/plain; charset=gb18030", TEXT)
    raw += file_part("winmail.dat", b"\x78\x9f\x3e\x22" + bytes(99)) + "--A--\r\n"
    (story,) = read(raw).stories

    assert TEXT == story.body.text
    assert "请对方改用纯文本格式重发" in "".join(story.could_not_read)


LONG = f"{TEXT}装卸工李师傅说，天再热，心里也是凉快的。活动还检查了降温设备14处。"


def test_greetings_wishes_and_telephones_are_not_the_story(read):
    """A letter's manners go; unit, name and day below it are its signature."""
    lines = ("主席好：", "送清凉", TEXT, "此致", "敬礼", "何小平", "安福寺镇总工会")
    words = "\n".join((*lines, "2026年7月18日", "联系电话：13800138000"))
    raw = head() + part("text/plain; charset=gb18030", words) + "--A--\r\n"
    (story,) = read(raw).stories

    assert ("送清凉", TEXT, "何小平") == (story.title, story.body.text, story.author)


def test_a_scan_beside_a_story_does_not_cost_the_story(read):
    """Where the document cannot be read, the letter's own words are taken."""
    raw = head() + part("text/plain; charset=gb18030", LONG)
    raw += file_part("scan.pdf", b"%PDF-1.4 x") + "--A--\r\n"
    reading = read(raw)
    (story,) = reading.stories

    assert LONG == story.body.text
    assert "scan.pdf：" in "".join(story.could_not_read)
    assert () == reading.problems


@pytest.mark.parametrize(
    ("words", "is_said"), [(LONG, True), ("稿件见附件。", False)], ids=["more", "cover"]
)
def test_words_beside_a_document_are_told(read, words, is_said):
    """The document is the story; that the letter said more is not kept quiet."""
    raw = head() + part("text/plain; charset=gb18030", words)
    raw += file_part("a.docx", document()) + "--A--\r\n"
    (story,) = read(raw).stories

    assert word.TITLE == story.title
    assert is_said == (WORDS_LEFT_OUT in story.could_not_read)


def test_an_invitation_of_a_calendar_is_no_story():
    """A meeting stays in the mailbox, like other mails of machines."""
    raw = head() + part("text/plain; charset=utf-8", "meet")
    raw += part("text/calendar; method=REQUEST", "BEGIN:VCALENDAR") + "--A--\r\n"

    assert incoming_mail(MailMessage.from_bytes(raw.encode())).is_automatic


def test_pictures_in_the_text_without_names_are_photos(read, make):
    """A photo that was pasted into the text is not lost; an ornament is left out."""
    raw = head() + part("text/html; charset=gb18030", f"<p>{TEXT}</p><img src=cid:1>")
    raw += part("image/jpeg", make.jpeg(), "Content-ID: <1>")
    raw += part("image/gif", b"GIF89a" + bytes(40), "Content-ID: <2>") + "--A--\r\n"
    (story,) = read(raw).stories

    assert TEXT == story.body.text
    assert 1 == len(story.photos)


@pytest.mark.parametrize(
    "mark",
    [
        "------------------ 原始邮件 ------------------",
        "-----Original Message-----",
        "在 2026-07-18 09:12:33，“枝江工会” <a@example.cn> 写道：",
    ],
)
def test_the_quoted_letter_is_left_out_and_said(read, mark):
    """An answer with our own receipt below is only what the unit wrote."""
    said = f"{TEXT}惠及三家企业。\n发自我的手机\n\n{mark}\n已收到：旧稿"
    raw = head() + part("text/plain; charset=gb18030", said) + "--A--\r\n"
    (story,) = read(raw).stories

    assert f"{TEXT}惠及三家企业。" == story.body.text
    assert QUOTE_LEFT_OUT in story.could_not_read


def test_a_letter_that_is_only_forwarded_stays(read):
    """Where nothing else was written, the forwarded words are the story."""
    said = f"------------------ 原始邮件 ------------------\n发件人：何某\n\n{TEXT}"
    raw = head() + part("text/plain; charset=gb18030", said) + "--A--\r\n"

    assert TEXT in read(raw).stories[0].body.text


@given(st.binary(max_size=400))
def test_any_bytes_are_read_without_a_crash(data):
    """Whatever comes over the line is a letter, perhaps an empty one."""
    letter = incoming_mail(MailMessage.from_bytes(data))

    assert isinstance(letter.text, str)
    assert letter.raw is not None


@given(st.text(max_size=200))
def test_own_words_are_words_that_were_written(text):
    """Nothing is added by leaving something out."""
    kept = own_words(text).text

    assert set(kept.split()) <= set(text.split())
    assert decode_words(text.encode("utf-8", "ignore"), "utf-8") is not None
