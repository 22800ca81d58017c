"""What is called .doc or .docx and is another kind: read, or answered kindly."""

from __future__ import annotations

import base64
import io
import zipfile

import pytest
import word_files as word
from hypothesis import example, given
from hypothesis import strategies as st

from newsroom.body import Table
from submissions import file_kinds
from submissions.file_kinds import NeedsPerson, document_ending
from submissions.web_files import NO_PICTURES
from submissions.zip_gate import DocumentRefused

PAGE = (
    '<html xmlns:w="urn:schemas-microsoft-com:office:word"><head><meta charset="utf-8">'
    f"<title>文档1</title><style>p{{}}</style></head><body><p><b>{word.TITLE}</b></p>"
    f"<p>&nbsp;{word.FIRST}</p><p>{word.SECOND}</p><table><tr><td>企业</td><td>人数</td>"
    "</tr><tr><td>甲厂</td><td>300</td></tr></table><script>alert(1)</script>"
    "</body></html>"
)
GBK = PAGE.replace("utf-8", "gb2312").encode("gbk")
LINES = f"{word.TITLE}\r\n{word.FIRST}\r\n{word.SECOND}"


def archive(page):
    """The page as a web archive (.mht), with a picture beside it."""
    part = (
        "----b\r\nContent-Type: {}\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n"
    )
    words = base64.encodebytes(page.encode()).decode()
    head = (
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="--b"\r\n\r\n'
    )
    return (
        head
        + part.format('text/html; charset="utf-8"', words)
        + part.format("image/jpeg", "/9j/")
        + "----b--\r\n"
    ).encode()


def zipped(name, content):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        new.writestr(name, content)
    return out.getvalue()


def old_office(*streams, fib=b""):
    """An old file of Office with these streams in its directory."""
    names = b"".join(name.encode("utf-16-le") for name in streams)
    return file_kinds._OLE + bytes(504) + fib.ljust(512, b"\0") + names + bytes(512)


@pytest.mark.parametrize(
    ("data", "notes"),
    [
        (PAGE.encode(), ()),
        (b"\xef\xbb\xbf<!--" + b" " * 1500 + b"-->" + PAGE.encode(), ()),
        (GBK, ()),
        (archive(PAGE), (NO_PICTURES,)),
    ],
    ids=["page", "late", "gbk", "archive"],
)
def test_a_web_page_called_doc_is_read(read, data, notes):
    """OA systems and WeChat export pages under this name: words and tables come."""
    reading = read(data, "通知.doc")

    assert word.HEAD == word.words(reading)
    assert isinstance(reading.draft.body.blocks[-1], Table)
    assert "alert" not in reading.draft.body.text
    assert notes == reading.could_not_read


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "utf-16"])
def test_a_text_called_docx_is_read(read, charset):
    """A text file that was renamed is a text."""
    assert word.HEAD == word.words(read(LINES.encode(charset)))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", file_kinds.EMPTY),
        (b"\0" * 4096, file_kinds.EMPTY),
        (old_office("EncryptionInfo", "EncryptedPackage"), file_kinds.LOCKED),
        (
            old_office("WordDocument", fib=b"\xec\xa5" + bytes(9) + b"\x01"),
            file_kinds.LOCKED,
        ),
        (old_office("Workbook"), file_kinds.TABLE),
        (old_office("PowerPoint Document"), file_kinds.SLIDES),
    ],
    ids=["nothing", "zeros", "locked docx", "locked doc", "table", "slides"],
)
def test_what_is_no_readable_text_is_told_as_it_is(read, data, why):
    """A locked file is not called an old one: its sender can mend it."""
    with pytest.raises(DocumentRefused) as refused:
        read(data)

    assert why == str(refused.value)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (zipped("OFD.xml", "<ofd/>"), "OFD"),
        (zipped("mimetype", "application/vnd.oasis.opendocument.text"), "ODT"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>', "XML"),
    ],
)
def test_documents_of_other_formats_go_to_a_person(read, data, kind):
    """They are kept, and the answer says which format it was."""
    with pytest.raises(NeedsPerson, match=f"{kind} 格式.*我们已收到"):
        read(data)


@pytest.mark.parametrize(
    ("data", "is_text", "ending"),
    [
        (PAGE.encode(), False, "old"),
        (LINES.encode(), False, "txt"),
        (LINES.encode()[:70], False, "txt"),
        (LINES.encode(), True, "txt"),
        (PAGE.encode(), True, "txt"),
    ],
    ids=["page", "text", "text cut in a letter", "named text", "page named text"],
)
def test_the_form_seals_it_as_what_it_is(data, is_text, ending):
    """A page goes the way of an old file, a text that of a text."""
    assert ending == document_ending(data, is_text=is_text)


@given(data=st.binary(max_size=200), is_text=st.booleans())
@example(data=b"\0\1\2" * 30, is_text=False)
def test_any_bytes_are_sealed_or_refused(data, is_text):
    """Whatever is sent has an ending, or a sentence."""
    try:
        ending = document_ending(data, is_text=is_text)
    except DocumentRefused as error:
        ending = str(error)

    assert ending


@pytest.mark.usefixtures("read")
@pytest.mark.parametrize("ending", ["docm", "mht"])
def test_other_endings_of_word_are_stories_of_the_folder(inbox, ending):
    """A file with macros or a web archive alone in the folder is a story."""
    data = word.saved(word.plain()) if ending == "docm" else archive(PAGE)
    inbox.put("安福寺镇", {f"稿件.{ending}": data})
    (found,) = inbox.scan().found

    assert word.TITLE == found.submission.title


def test_an_official_layout_file_goes_to_a_person_from_the_folder(inbox):
    """An .ofd is kept and answered, not passed over."""
    inbox.put("安福寺镇", {"文件.ofd": zipped("OFD.xml", "<ofd/>")})
    (unread,) = inbox.scan().unread

    assert "OFD 格式" in unread.why
