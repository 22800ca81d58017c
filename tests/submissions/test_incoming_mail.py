from __future__ import annotations

import pytest
import word_files as word

from newsroom.story import StoryKind
from newsroom.submission import Door
from newsroom.text_block import TextBlock, write_blocks
from submissions.incoming_mail import IncomingMail, read_mail, read_subject, unit_of

TEXT = "7月18日，安福寺镇总工会把1200份清凉包送到职工手里。"


def letter(subject="安福寺镇+动态+送清凉", text=TEXT, attachments=(), **more):
    values = {"message_id": "<1@x>", "sender": "he@example.cn", "html": "", "raw": b"x"}
    return IncomingMail(
        **(values | more), subject=subject, text=text, attachments=tuple(attachments)
    )


@pytest.fixture
def read(inbox):
    def reading(given):
        return read_mail(
            given,
            inbox.units.units[0],
            units=inbox.units,
            now=inbox.now,
            keep_picture=inbox.keep_picture,
        )

    return reading


@pytest.mark.parametrize(
    ("subject", "unit", "kind", "title"),
    [
        ("安福寺镇+动态+送清凉", "afs", StoryKind.NEWS, "送清凉"),
        ("转发：安福寺＋简讯＋送清凉 到一线", "afs", StoryKind.BRIEF, "送清凉 到一线"),
        ("Fwd: Re: 百里洲镇总工会-人物-好电工", "by", StoryKind.PROFILE, "好电工"),
        ("送清凉-到一线", None, None, "送清凉-到一线"),
        ("", None, None, ""),
    ],
)
def test_the_subject_says_unit_kind_and_title(make, subject, unit, kind, title):
    """单位+类别+标题 is read generously; an ordinary subject is the title."""
    said = read_subject(subject, make.units)

    assert (unit, kind, title) == (said.unit and said.unit.id, said.kind, said.title)


def test_a_mail_without_documents_is_a_story(read):
    """The words of the mail are the text, the subject gives title and kind."""
    (story,) = read(letter()).stories

    assert ("送清凉", TEXT, Door.MAIL, StoryKind.NEWS) == (
        story.title,
        story.body.text,
        story.door,
        story.kind,
    )


def test_every_document_is_a_story_with_its_pictures(read, make):
    """Several files are several stories; pictures go by the number in their name."""
    data = word.saved(word.plain())
    given = letter(
        attachments=[
            ("1-送清凉.docx", data),
            ("2-协商.txt", f"集体协商\n{TEXT}".encode()),
            ("2-现场.jpg", make.jpeg()),
            ("1-职工领到清凉包.jpg", make.jpeg("blue")),
        ]
    )

    first, second = read(given).stories

    assert (word.TITLE, "集体协商") == (first.title, second.title)
    assert ["职工领到清凉包"] == [photo.caption for photo in first.photos]
    assert 1 == len(second.photos)
    assert first.key != second.key


def test_blocks_and_numbered_stories_in_one_mail_are_told_apart(read):
    """Text blocks, or 第×篇, make several stories of one mail."""
    block = TextBlock(unit="安福寺镇", title="题", body=TEXT)
    blocks = "\n".join(
        write_blocks(block, heading="枝工报送")[0].replace("题", f"题{n}") for n in "12"
    )
    numbered = f"第一篇：送清凉\n{TEXT}\n第二篇：协商\n{TEXT}"

    assert 2 == len(read(letter(text=blocks)).stories)
    assert 2 == len(read(letter(text=numbered)).stories)


def test_the_same_mail_gives_the_same_keys(read):
    """Fetched again, by whatever way, a mail makes no second submission."""
    once, twice = (read(letter(raw=raw)).stories[0].key for raw in (b"a", b"b"))
    other = read(letter(message_id="<2@x>")).stories[0].key
    bare = [read(letter(message_id="", raw=raw)).stories[0].key for raw in (b"a", b"b")]

    assert once == twice != other
    assert bare[0] != bare[1]


def test_html_mail_is_read_without_its_html(read):
    """A mail of HTML only becomes words; nothing of its script stays."""
    html = f"<style>p{{}}</style><p>{TEXT}</p><script>alert(1)</script>"

    (story,) = read(letter(text="", html=html)).stories

    assert TEXT == story.body.text


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/x.txt",
        "..\\..\\win.ini.txt",
        "con.txt",
        '"><img src=x onerror=a>.txt',
        "长" * 300 + ".txt",
        "甲\u202etxt.exe.txt",
        ".htaccess.txt",
        "\0.txt",
    ],
)
def test_a43_a07_a_hostile_file_name_is_only_a_name(read, name):
    """A07, A43: an attachment's name reaches no path; the story is read."""
    data = f"标题\n{TEXT}".encode()

    (story,) = read(letter(attachments=[(name, data)])).stories

    assert TEXT == story.body.text


def test_what_cannot_be_read_is_told(read):
    """A program called .docx is named for a person; the other story is taken."""
    given = letter(
        attachments=[("稿.docx", b"MZ program"), ("好.txt", f"题\n{TEXT}".encode())]
    )

    reading = read(given)

    assert 1 == len(reading.stories)
    assert "这是程序" in reading.problems[0]


@pytest.mark.parametrize(
    ("sender", "unit"), [("he@example.cn", "afs"), ("office@example.cn", "by")]
)
def test_the_sender_says_the_unit(make, sender, unit):
    """The list of senders decides; only the office may name a unit in the subject."""
    senders = {"he@example.cn": "afs", "office@example.cn": "*"}
    given = letter(subject="百里洲镇+动态+题", sender=sender)

    assert unit == unit_of(given, senders, make.units).id
    assert unit_of(letter(sender="x@example.cn"), senders, make.units) is None
