"""What a letter says by itself: forwarded, answered, signed, several stories in one."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from imap_tools import MailMessage

from submissions.incoming_mail import FOOTER_LEFT_OUT, read_mail
from submissions.mail import incoming_mail

FIRST = "7月18日，安福寺镇总工会把1200份清凉包送到食品工业园职工手里，补发津贴4600元。"
SECOND = "7月16日，安福寺镇总工会举办技能比武，12家企业的86名焊工同台竞技，评出前三名。"
HEADERS = "发件人: 王某 <w@example.cn>\n发送时间: 2026年7月19日 15:20\n主题: 送清凉\n"


def letter(subject: str, text: str = "", html: str = "", **headers: str):
    message = EmailMessage()
    message["From"] = "he@example.cn"
    message["Subject"] = subject
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(html or text, subtype="html" if html else "plain")
    return incoming_mail(MailMessage.from_bytes(message.as_bytes()))


@pytest.fixture
def read(inbox):
    """Title and text of each story in a mail, and what was not read of it."""

    def reading(subject: str, text: str = "", html: str = ""):
        return [
            (story.title, story.body.text, story.could_not_read)
            for story in read_mail(
                letter(subject, text, html),
                inbox.units.units[0],
                units=inbox.units,
                now=inbox.now,
                keep_picture=inbox.keep_picture,
            ).stories
        ]

    return reading


@pytest.mark.parametrize(
    "mark",
    [
        "---------- 转发的邮件 ----------",
        "-------- 转发邮件信息 --------",
        "------------------ 原始邮件 ------------------",
        "________________________________",
    ],
)
def test_what_is_forwarded_is_the_story_without_its_headers(read, mark):
    """However long the word above it is, and no address stands in the text."""
    above = "编辑老师您好，这是我们企业工会发来的一篇稿件，请看能不能用，谢谢老师！"
    shorter = read("转发：送清凉", f"\n{mark}\n{HEADERS}\n{FIRST}")
    longer = read("Fw: 送清凉", f"{above}\n\n{mark}\n{HEADERS}\n{FIRST}")

    assert [("送清凉", FIRST, ())] == shorter
    assert [("送清凉", f"{above}\n{FIRST}", ())] == longer


@pytest.mark.parametrize(
    "text",
    [
        f"稿件1：送清凉\n{FIRST}\n稿件2：比武\n{SECOND}",
        f"您好：\n第一篇\n送清凉\n{FIRST}\n第二篇\n比武\n{SECOND}",
        f"送清凉\n{FIRST}\n==========\n比武\n{SECOND}",
        f"现报送两篇信息。\n一、送清凉\n{FIRST}\n二、比武\n{SECOND}",
        f"今天报2条：\n1.送清凉\n{FIRST}\n2.比武\n{SECOND}",
    ],
)
def test_several_stories_are_told_apart_by_what_the_letter_says(read, text):
    """Each has its title; the greeting above them is none."""
    assert [("送清凉", FIRST, ()), ("比武", SECOND, ())] == read("投稿", text)


@pytest.mark.parametrize(
    "text",
    [
        f"一、送清凉\n{FIRST}\n二、比武\n{SECOND}",
        f"报送三篇\n一、送清凉\n{FIRST}\n二、比武\n{SECOND}",
        f"第一篇章\n{FIRST}\n第二篇章\n{SECOND}",
    ],
)
def test_the_parts_of_one_story_stay_together(read, text):
    """一、 alone, or another number than was said, parts nothing."""
    assert 1 == len(read("夏季工作", text))


def test_the_phone_below_two_dashes_is_left_out_and_said(read):
    """Names stay, for they may be the author's; phone and address do not."""
    below = "李某\n地址：安福寺镇人民路1号\n手机：13800001111\n13800001111"
    ((_, text, said),) = read("送清凉", f"{FIRST}\n\n-- \n{below}")

    assert f"{FIRST}\n李某" == text
    assert (FOOTER_LEFT_OUT,) == said


def test_a_title_that_stands_in_subject_and_text_stands_once(read):
    """A mail of HTML only, with its headline above the text."""
    html = f"<p><b>送清凉</b></p><p>{FIRST}</p>"

    assert [("送清凉", FIRST, ())] == read("送清凉", html=html)


@pytest.mark.parametrize(
    "subject",
    [
        "自动回复:【枝江工会】已收到",
        "Re: 已收到(自动回复)",
        "自动答复: 稿件",
        "已读: 稿件",
        "系统退信",
        "Undeliverable: 稿件",
    ],
)
def test_what_mail_programs_write_is_no_letter(subject):
    """They do not all say so in their headers."""
    assert letter(subject, "您好，您的来信我已收到。").is_automatic


@pytest.mark.parametrize(
    "headers", [{"Return_Path": "<>"}, {"X_Autoreply": "yes"}, {"Precedence": "bulk"}]
)
def test_headers_of_machines_are_known(headers):
    """An empty return path is a bounce or an automatic answer (RFC 5321)."""
    assert letter("稿件", FIRST, **headers).is_automatic


@pytest.mark.parametrize("subject", ["送清凉", "自动回复机器人进车间", "已读书籍漂流"])
def test_a_story_about_machines_is_a_letter(subject):
    """Only what stands as mail programs write it counts."""
    assert not letter(subject, FIRST).is_automatic


def test_a_word_of_thanks_is_no_story():
    """Under our receipt, or alone; a longer answer may be one."""
    quoted = f"谢谢，收到！\n\n---- 原始邮件 ----\n{HEADERS}\n【枝江工会】已收到"

    assert letter("回复：已收到", quoted).is_mere_answer
    assert letter("Re: 已收到", "好的。").is_mere_answer
    assert not letter("Re: 请补充", FIRST).is_mere_answer
    assert not letter("送清凉", "见下").is_mere_answer
