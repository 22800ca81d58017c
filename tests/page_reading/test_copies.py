"""The same words twice on a page: copies for PC and phone, and how a text begins."""

from __future__ import annotations

from reading_pages import FIRST, SECOND, article

from page_reading import read_article

LAST = "老工长说，只要心里一直装着班组里的每一位职工，就一定能把大家的事情做好……"


def test_a_paragraph_that_trails_off_stays_though_it_stands_there_twice():
    """The first stays, for neither copy goes on after its dots."""
    text = "".join(f"<p>{words}</p>" for words in (FIRST, LAST, SECOND, LAST))
    read = read_article(article(text=text))

    assert f"{FIRST}\n{LAST}\n{SECOND}" == read.body.text


def test_how_the_text_begins_is_not_told_twice():
    """What goes on elsewhere after the same words is the text; its beginning goes."""
    begun = f"<p>{FIRST[:30]}...</p>"
    read = read_article(article(text=f"{begun}<p>{FIRST}</p><p>{SECOND}</p>"))

    assert f"{FIRST}\n{SECOND}" == read.body.text
