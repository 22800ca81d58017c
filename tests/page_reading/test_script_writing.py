"""What templates write by script: sources, dates and files that only scripts put in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_pages import TEXT, article

from page_reading import read_article
from page_reading.script_writing import written_by

FILE = '<p>可下载附件：<a href="./P0.pdf">方案.pdf<BR></a></p>'
_WORDS = (
    "document.write", "(", ")", "{", "}", "if", "else", "var ", "a", "=", "==", "!=", "!", "&&", "||",
    "+", ";", ",", "'x'", '"', "'", ".length", ">", "1", "for", "function f", "[", "]", "\n", "\\", "//", "/*",
)  # fmt: skip


@pytest.mark.parametrize(
    ("script", "written"),
    [
        ('var s="枝江日报"; if(s){document.write(s);}else{document.write("本局")}', "枝江日报"),
        ("var s=''; if(s){document.write(s);}else{document.write('本局')}", "本局"),
        ("if('市总'!=''){document.write('<b>来源：</b>市总');}", "<b>来源：</b>市总"),
        ("var a='x'\nvar b='y'\ndocument.write(a + b)", "xy"),
        ("f='1.pdf';\nif(f.length > 0){\ndocument.write('有');\n}", "有"),
        ("f='';if(f.length > 0){document.write('有');}", ""),
        ("var c=null; if (c != null && c != '') document.write(c); else document.write('无')", "无"),
        ("document.write('\\u5de5\\x41\\'')", "工A'"),
        ("function f(){document.write('不')}\ndocument.write('是')", "是"),
        ("$('.a').hide(); document.write('后')", "后"),
        ("var s='a'; s = s.replace('a','b'); document.write(s)", ""),
        ("var s='a'; s += 'b'; document.write(s)", ""),
        ("if (innerWidth > 600) { s = 'a' } else { s = 'b' }\ndocument.write(s)", ""),
        ("var d=new Date(); document.write(d.getFullYear() + '年')", ""),
        ("for(i=0;i<3;i++) document.write('a')", ""),
        ("document.write('a'", ""),
    ],
)  # fmt: skip
def test_only_what_is_sure_is_written(script, written):
    """Plain values are followed; what hangs on anything else is not written."""
    assert written == written_by(script)


@given(st.lists(st.sampled_from(_WORDS), max_size=60))
def test_no_script_stops_the_reading(words):
    """Whatever a script says, some text comes back."""
    assert isinstance(written_by("".join(words)), str)


def test_deep_brackets_end():
    """A hostile script is given up, not followed to the bottom."""
    assert written_by("document.write(" + "(" * 9000 + "'a'") == ""
    assert written_by("if(1)" * 3000 + "document.write('a')") == ""
    assert written_by("document.write(" + "!" * 9000 + "'a')") == ""


def test_source_and_minute_that_a_script_writes_are_read():
    """TRS templates of culture and education offices."""
    info = (
        "<span>日期：<script>var t='2026-11-20 08:15'; document.write(t)</script></span>"
        "<span>来源：<script>var c='某市日报'; if(c){document.write(c)}"
        "else{document.write('市总工会')}</script></span>"
    )
    found = read_article(article(info=info))

    assert "某市日报" == found.source_line
    assert "2026-11-20T08:15" == found.published.isoformat()[:16]


def test_files_that_a_script_writes_are_attachments():
    """TRS templates of county offices write the box of files."""
    script = (
        f"<script>f='方案.pdf'; if(f.length > 0){{document.write('{FILE}');}}</script>"
    )
    found = read_article(article(text=TEXT + script))

    assert ["方案.pdf"] == [file.name for file in found.attachments]
    assert "document" not in found.body.text


@pytest.mark.parametrize(
    "words", ["详见附件", "具体内容请查看附件。", "名单见附件1、2"]
)
def test_a_notice_that_only_points_to_its_files_is_read(words):
    """Four characters are an article where a file says the rest."""
    found = read_article(article(text=f"<p>{words}</p>{FILE}"))

    assert words == found.body.text.split("\n")[0]
    assert ["方案.pdf"] == [file.name for file in found.attachments]


def test_a_notice_that_is_nothing_but_its_file_is_read():
    """The text is the title once more; the file's link stands for it."""
    found = read_article(article(text=f"<p>某市职工技能竞赛启动</p>{FILE}"))

    assert "可下载附件：方案.pdf" == found.body.text
    assert ["方案.pdf"] == [file.name for file in found.attachments]


def test_conditions_of_word_and_greetings_are_no_text():
    """What an editor escaped by mistake, and what a site says to everybody."""
    text = f"<p>&lt;![endif]--&gt;</p><p>欢迎访问某市总工会网站！</p>{TEXT}"

    assert read_article(article()).body == read_article(article(text=text)).body
