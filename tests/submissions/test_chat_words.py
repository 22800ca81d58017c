"""What a chat puts around a story: it is left out, and the story is whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.chat_words import chat_words

STORY = (
    "安福寺镇总工会送清凉到一线\n"
    "7月18日，气温升至38℃，安福寺镇总工会把清凉包送到职工手里。\n"
    "主要做法：\n"
    "9:30 集合，[2026]号车出发，惠及职工1200人。"
)
CHATS = {
    "computer": "何小平 2026/7/18 15:32:10\n{}\n\n何小平 2026/7/18 15:33:01\n[图片]",
    "phone": "何小平:\n{}",
    "header of two lines": "何小平\n2026年7月18日 15:32\n{}",
    "merged": (
        "群聊的聊天记录\n\n—————  2026-07-18  —————\n\n何小平  15:32\n{}\n\n"
        "李莉  15:40\n\n收到[强][强]"
    ),
    "merged of two": "何小平和李莉的聊天记录如下：\n何小平  15:32\n{}",
    "time first": "2026-07-18 15:32:10 何小平(123456789)\n{}\n好的，辛苦了！",
    "day before": "何小平 昨天 15:32\n{}\n星期三 15:40\n👌",
    "quotation": "「李莉：请把稿件发来」\n- - - - - - - - - - -\n{}",
    "greeting": "主任好，报一篇稿子：\n{}\n请审阅，谢谢！",
    "called": "@李莉 请审\n{}[玫瑰]",
    "system": '"何小平" 撤回了一条消息\n{}\n以上是打招呼的内容',
    "files": '[文件] 送清凉.docx\n[语音] 12"\n[链接] 标题\n{}\n[动画表情]',
}


@pytest.mark.parametrize("chat", CHATS.values(), ids=CHATS)
def test_only_the_story_is_left(chat):
    """Names, times, thanks, faces and marks of files go; every line of it stays."""
    assert STORY == chat_words(chat.format(STORY)).text


@pytest.mark.parametrize(
    ("chat", "files", "chatter"),
    [("{}", False, False), ("{}\n[图片]", True, False), ("{}\n收到", False, True)],
)
def test_what_was_left_out_is_known(chat, files, chatter):
    """Photos that did not come and chatter are told apart."""
    words = chat_words(chat.format(STORY))

    assert (files, chatter) == (words.had_files, words.had_chatter)


@pytest.mark.parametrize(
    "line",
    [
        "收到感谢信一封，落款是园区全体装卸工",
        "法院采信了微信聊天记录",
        "您好，这里是12351职工服务热线，请问有什么可以帮您",
        "谢谢工会帮我要回了工钱。",
    ],
)
def test_a_sentence_that_begins_like_chatter_stays(line):
    """A story may begin with thanks, or tell of a chat."""
    assert line == chat_words(line).text


@given(st.text(max_size=300))
def test_nothing_is_made_up(text):
    """Whatever is pasted: no letter is in the words that was not in the text."""
    assert set(chat_words(text).text) - set(text) <= {"\n", " "}
